/** In CI random tests always try the same values, lest a change be stopped by chance; by hand each run tries others. */
if (process.env.CI === 'true') {
  const { configureGlobal, readConfigureGlobal } = await import('fast-check');
  configureGlobal({ ...readConfigureGlobal(), seed: 1 });
}

export {};

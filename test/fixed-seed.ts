/** In CI random tests always try the same values, lest a change be stopped by chance; by hand each run tries others. */
import fc from 'fast-check';

if (process.env.CI === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });

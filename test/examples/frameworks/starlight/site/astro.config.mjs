import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

// Lantern keeps its docs at the root of the site.
export default defineConfig({
  site: 'https://docs.lantern.example',
  redirects: {
    '/start': '/guides/first-light/',
    '/lamps/[...name]': '/guides/[...name]',
  },
  integrations: [
    starlight({
      title: 'Lantern',
      locales: { root: { label: 'English', lang: 'en' }, de: { label: 'Deutsch' } },
    }),
  ],
});

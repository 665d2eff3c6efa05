import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'Bellows',
  base: '/bellows/',
  sitemap: { hostname: 'https://forge.example' },
  srcExclude: ['drafts/**'],
  rewrites: { 'en/:rest*': ':rest*' },
});

import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  site: 'https://docs.lanyard.example',
  integrations: [starlight({ title: 'Lanyard' })],
});

import type { Config } from '@docusaurus/types';

const config: Config = {
  title: 'Weir',
  url: 'https://weir.example',
  baseUrl: '/manual/',
  presets: [
    ['classic', { docs: { routeBasePath: 'guide', sidebarPath: require.resolve('./sidebars.js') }, blog: false }],
  ],
  plugins: [
    [
      '@docusaurus/plugin-client-redirects',
      { redirects: [{ from: ['/guide/gates', '/guide/doors'], to: '/guide/setup/sluices' }] },
    ],
  ],
};

export default config;

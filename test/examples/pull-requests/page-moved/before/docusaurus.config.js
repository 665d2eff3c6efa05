export default {
  title: 'Tidewater',
  url: 'https://tidewater.example',
  baseUrl: '/',
  presets: [['classic', { docs: { routeBasePath: '/' } }]],
};

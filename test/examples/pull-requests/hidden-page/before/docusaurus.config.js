export default { title: 'Parcelbird', url: 'https://parcelbird.example', baseUrl: '/', presets: [['classic', { docs: { routeBasePath: '/' } }]] };

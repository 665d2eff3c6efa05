export default { title: 'Parcelbird' };

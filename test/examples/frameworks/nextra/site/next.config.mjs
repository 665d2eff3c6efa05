import nextra from 'nextra';

const withNextra = nextra({});

export default withNextra({
  async redirects() {
    return [{ source: '/docs/apples', destination: '/docs/trees/apple', permanent: true }];
  },
});

export default () => <p>Us</p>;

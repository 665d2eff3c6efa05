/** The bundler puts all styles into one file. */
declare module '*.css';

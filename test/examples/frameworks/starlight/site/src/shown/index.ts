// Pages import shown text from here.
export { default as OilTable } from './_oil-table.mdx';
export { default as Wiring } from './wiring.mdx';
export { Glow } from './glow.tsx';

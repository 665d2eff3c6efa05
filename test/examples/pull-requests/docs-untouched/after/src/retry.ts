export const RETRIES = 5;

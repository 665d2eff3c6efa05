export const RETRIES = 3;

/** A count with a comma after each thousand; `toLocaleString` does the same, and loads all of a locale for it. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

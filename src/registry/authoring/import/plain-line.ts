const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * A cell of an export as one line of text: without tags, controls and characters that show nothing, with the common
 * entities read. The apostrophe by which spreadsheets keep a cell from being a formula is gone.
 */
export function plainLine(text: string): string {
  return text
    .replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, ' ')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);|&#39;/g, (_, name = 'apos') => ENTITIES[name]!)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/(?!\u200c|\u200d)[\p{Cf}\u115f\u1160\u3164]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/^\s*'(?=[=+@-])/, '')
    .trim();
}

/** What a spreadsheet would take for a formula and run: such a cell holds no words of a customer. */
export function isFormula(text: string): boolean {
  return /^\s*(?:=|[+@-](?=[A-Za-z]+\())/.test(text);
}

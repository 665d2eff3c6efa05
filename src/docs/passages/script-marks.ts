/** Which expressions and comments are open while a text is read line by line. */
export class ScriptMarks {
  #braces = 0;
  #comment: '-->' | '*/' | null = null;

  /** Whether an odd number of backticks stands in the block so far. */
  #inCode = false;

  endBlock(): void {
    this.#inCode = false;
  }

  #withoutCode(content: string): string {
    const isWhole = !this.#inCode;
    for (let at = content.indexOf('`'); at >= 0; at = content.indexOf('`', at + 1)) this.#inCode = !this.#inCode;
    return isWhole && !this.#inCode ? content.replace(/`[^`]*`/g, '') : content;
  }

  get isInComment(): boolean {
    return this.#comment !== null;
  }

  get isOpen(): boolean {
    return this.#braces > 0 || this.isInComment;
  }

  /** @returns the line without its inline code, in which nothing is a tag; as it is where code may go on from above */
  read(line: string): string {
    const content = this.#withoutCode(line);
    this.#readBraces(content);
    if (this.#comment === null) this.#openComment(content);
    else if (content.includes(this.#comment)) this.#comment = null;
    return content;
  }

  #readBraces(content: string): void {
    for (let at = 0; at < content.length; at += 1) {
      const code = content.charCodeAt(at);
      if (code === OPEN) this.#braces += 1;
      else if (code === CLOSE && this.#braces > 0) this.#braces -= 1;
    }
  }

  #openComment(content: string): void {
    const html = content.lastIndexOf('<!--');
    const mdx = content.lastIndexOf('{/*');
    if (html >= 0 && !content.includes('-->', html)) this.#comment = '-->';
    else if (mdx >= 0 && !content.includes('*/', mdx)) this.#comment = '*/';
  }
}

const [OPEN, CLOSE] = [123, 125];

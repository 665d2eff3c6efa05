import type { ServerResponse } from 'node:http';
import type { StudioEvent } from './protocol.ts';

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) for all pages that are open. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  send(event: StudioEvent): void {
    for (const response of this.#open) response.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  end(): void {
    for (const response of this.#open) response.end();
  }
}

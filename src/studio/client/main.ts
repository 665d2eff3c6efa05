import './studio.css';
import { byId } from './element.ts';
import { showNotice } from './notices.ts';
import { openSession, Refused } from './server.ts';
import { Studio } from './studio.ts';

/** Opens the session, or says how to come to one. */
async function begin(): Promise<void> {
  try {
    const session = await openSession();
    await new Studio(session).begin();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    document.body.classList.add('closed');
    showNotice('session', error.message);
  }
}

byId('save-key').textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ S' : 'Ctrl S';
await begin();

// A notification of the system for a call that comes while this tab is hidden,
// if the person allows it. Clicking it leads to the tab.

import type { Call } from './call.js';
import { byId } from './dom.js';
import { browser, recall, remember } from './remember.js';
import { kindOf, words } from './words.js';

export class Notices {
  private readonly box = byId<HTMLInputElement>('notices');
  private shown: { requestId: string; notice: Notification } | undefined;

  constructor() {
    if (!('Notification' in globalThis)) return;
    byId('notices-box').hidden = false;
    this.box.checked = this.wanted;
    this.box.addEventListener('change', () => void this.want(this.box.checked));
  }

  private get wanted(): boolean {
    return Notification.permission === 'granted' && recall(browser, 'notices') === true;
  }

  /** show notifies of an incoming call, and takes it back when it rings no more. */
  show(call: Call): void {
    if (call.state !== 'incoming') {
      this.shown?.notice.close();
      this.shown = undefined;
      return;
    }
    if (!document.hidden || this.shown?.requestId === call.requestId || !('Notification' in globalThis) || !this.wanted) return;
    try {
      const notice = new Notification(words().isCalling(call.peer), { body: kindOf(call.kind), tag: call.requestId, icon: './favicon.svg' });
      notice.onclick = () => {
        window.focus();
        notice.close();
      };
      this.shown = { requestId: call.requestId, notice };
    } catch {
      // Some phones only let service workers notify: there the sheet has to do.
    }
  }

  private async want(wanted: boolean): Promise<void> {
    const granted = wanted && (await Notification.requestPermission()) === 'granted';
    remember(browser, 'notices', granted);
    this.box.checked = granted;
  }
}

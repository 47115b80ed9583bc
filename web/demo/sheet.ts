// The sheet of an incoming call: a modal dialog. Focus moves to its heading, not
// to a button, so that somebody who is typing does not answer by accident; it
// goes back where it was when the sheet closes. Escape rejects.

import type { Call } from './call.js';
import { byId, paint, say } from './dom.js';
import { kindOf, words } from './words.js';

export class Sheet {
  private readonly dialog = byId<HTMLDialogElement>('incoming');
  private readonly accept = byId<HTMLButtonElement>('accept');
  private readonly reject = byId<HTMLButtonElement>('reject');
  private before: HTMLElement | undefined;

  constructor(on: { accept(): void; reject(): void }) {
    this.accept.addEventListener('click', () => on.accept());
    this.reject.addEventListener('click', () => on.reject());
    this.dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (!this.reject.disabled) on.reject();
    });
    // A browser may close a dialog without asking when Escape is pressed twice. It tells of any closing with the next
    // frame, which a hidden tab waits for: by then the sheet may be open again, for another call.
    this.dialog.addEventListener('close', () => {
      if (this.before && !this.dialog.open) on.reject();
    });
  }

  /** show opens, changes or closes the sheet to fit the call. */
  show(call: Call): void {
    if (call.state !== 'incoming' && call.state !== 'answering') return this.close();
    paint(byId('caller-avatar'), call.peer);
    say(byId('caller'), words().isCalling(call.peer));
    say(byId('caller-kind'), kindOf(call.kind));
    this.accept.disabled = this.reject.disabled = call.state === 'answering';
    say(this.accept, call.state === 'answering' ? words().answeringShort : words().accept);
    if (this.dialog.open) return;
    this.before = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
    this.dialog.showModal();
    byId('caller').focus();
  }

  private close(): void {
    const before = this.before;
    this.before = undefined;
    if (!this.dialog.open) return;
    this.dialog.close();
    before?.focus();
  }
}

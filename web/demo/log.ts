// The signal log: every call made and every event heard, newest first.

import { el } from './dom.js';

/** Older entries are dropped. */
const KEEP = 300;

type Way = 'asked' | 'answered' | 'refused' | 'heard';
const ways: Record<Way, { arrow: string; means: string }> = {
  asked: { arrow: '→', means: 'asked' },
  answered: { arrow: '←', means: 'answered' },
  refused: { arrow: '✕', means: 'refused' },
  heard: { arrow: '⇐', means: 'heard' },
};

export class Log {
  /** `list` holds the entries, `empty` shows while there are none. */
  constructor(private readonly list: HTMLElement, private readonly empty: HTMLElement) {}

  /** The page called the SDK. */
  asked(name: string, options: object): void {
    this.add('asked', name, options);
  }
  /** The SDK's promise resolved. */
  answered(name: string, answer: object): void {
    this.add('answered', name, answer);
  }
  /** The SDK's promise rejected. */
  refused(name: string, error: unknown): void {
    this.add('refused', name, plain(error));
  }
  /** The SDK emitted an event, or called one of its callbacks. */
  heard(name: string, event: unknown): void {
    this.add('heard', name, plain(event));
  }

  clear(): void {
    this.list.replaceChildren();
    this.empty.hidden = false;
  }

  private add(way: Way, name: string, content: object): void {
    const { arrow, means } = ways[way];
    const { channelId, eventType, from, code, message } = content as Record<string, unknown>;
    const gist = [eventType, from && `from ${from}`, way === 'refused' && (typeof code === 'number' ? `${code} ${message}` : code)];
    const now = new Date();
    const entry = el('li', { class: `entry ${way}`, 'data-name': name, 'data-event': String(eventType ?? '') },
      el('details', {},
        el('summary', {},
          el('time', { datetime: now.toISOString() }, timeOfDay(now)),
          el('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow),
          el('span', { class: 'unseen' }, means),
          el('span', { class: 'name' }, name),
          el('span', { class: 'gist' }, gist.filter(Boolean).join(' ')),
          el('code', { class: 'channel', title: channelId ? `channelId ${channelId}` : '' }, String(channelId ?? '').slice(0, 6)),
        ),
        el('pre', { tabindex: '0', 'aria-label': `${name} as JSON` }, JSON.stringify(content, null, 2)),
      ),
    );
    this.list.prepend(entry);
    while (this.list.childElementCount > KEEP) this.list.lastElementChild?.remove();
    this.empty.hidden = true;
  }
}

/** plain makes an error's parts visible to JSON, and an object of anything else. */
function plain(content: unknown): object {
  if (content instanceof Error) return { ...content, name: content.name, message: content.message };
  return typeof content === 'object' && content !== null ? content : { value: content };
}

function timeOfDay(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

// A row of tabs and their panels: arrow keys move, only the chosen one is in the tab order.

import { byId } from './dom.js';

export class Tabs {
  private readonly tabs: HTMLElement[];

  /** `row` holds the tabs, each naming its panel by aria-controls. */
  constructor(row: HTMLElement, private readonly chosen: (tab: string) => void = () => {}) {
    this.tabs = [...row.querySelectorAll<HTMLElement>('[role=tab]')];
    for (const tab of this.tabs) tab.addEventListener('click', () => this.choose(tab.id));
    row.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = this.tabs.indexOf(event.target as HTMLElement);
      if (!step || at < 0) return;
      event.preventDefault();
      const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
      if (next) this.choose(next.id);
      next?.focus();
    });
  }

  get now(): string {
    return this.tabs.find((tab) => tab.getAttribute('aria-selected') === 'true')?.id ?? '';
  }

  choose(id: string): void {
    if (this.now === id) return;
    for (const tab of this.tabs) {
      const selected = tab.id === id;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      byId(tab.getAttribute('aria-controls') ?? '').hidden = !selected;
    }
    this.chosen(id);
  }
}

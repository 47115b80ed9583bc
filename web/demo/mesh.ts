// Sound and picture of a conference: a conversation with each of the others, for
// up to four in all. A conference is a channel of the relay, so the pages reach
// each other by signalingControl of the phone's own login, into that channel.

import { Devices, loaded } from './media.js';
import type { Lack } from './media.js';
import type { Shows } from './letters.js';
import { Talk } from './talk.js';
import type { Teller } from './callmedia.js';

/** Every page sends its picture to every other: more than this is too much for a phone. */
export const MOST = 4;

export interface MeshEvents {
  own(devices: Devices | undefined, lack: Lack | undefined): void;
  stream(account: string, stream: MediaStream): void;
  shows(account: string, shows: Shows): void;
}

export class Mesh {
  readonly devices = new Devices();
  private lack: Lack | undefined;
  private readonly talks = new Map<string, Talk>();
  private readonly open: Promise<void>;
  private members: string[] = [];
  private over = false;

  constructor(readonly roomId: string, private readonly account: string, private readonly tell: Teller, private readonly on: MeshEvents) {
    this.open = loaded().then(() => this.devices.open(true)).then((lack) => {
      this.lack = lack;
      this.retell();
    });
  }

  /** meet follows who is there, in the order in which they came. */
  meet(members: string[]): void {
    const first = members.slice(0, MOST);
    this.members = first.includes(this.account) ? first.filter((member) => member !== this.account) : [];
    for (const [member, talk] of this.talks) {
      if (this.members.includes(member)) continue;
      talk.stop();
      this.talks.delete(member);
    }
    void this.open.then(() => this.start());
  }

  hear(account: string, text: string): void {
    this.talks.get(account)?.hear(text);
  }

  /** again: the link was away. */
  again(): void {
    for (const talk of this.talks.values()) talk.again();
  }

  mute(): void {
    this.devices.mute(this.devices.shows.microphone);
    this.refresh();
  }

  async look(): Promise<void> {
    if (this.devices.camera) this.devices.lookAway();
    else this.lack = await this.devices.look();
    this.refresh();
  }

  /** retell says again how our devices are, after a change or in another language. */
  retell(): void {
    if (!this.over) this.on.own(this.devices, this.lack);
  }

  stop(): void {
    this.over = true;
    for (const talk of this.talks.values()) talk.stop();
    this.devices.close();
  }

  private start(): void {
    for (const member of this.over ? [] : this.members) {
      if (this.talks.has(member)) continue;
      const talk = new Talk(this.account < member, true, this.devices, {
        send: (text) => this.tell(this.roomId, member, text),
        stream: (stream) => this.on.stream(member, stream),
        shows: (shows) => this.on.shows(member, shows),
        changed: () => {},
      });
      this.talks.set(member, talk);
    }
  }

  private refresh(): void {
    this.retell();
    for (const talk of this.talks.values()) void talk.refresh();
  }
}

// A conversation of two pages about their media. It outlives reloads and relay
// restarts: each life of a page says hello under a name of its own, and a hello
// under a new name starts the other side's connection anew.
//
//   ada                         bob
//    │  hello from a1 to ?       │
//    ├──────────────────────────▶│ a1 is new: a connection for a1
//    │  hello from b1 to a1      │
//    │◀──────────────────────────┤
//    │  description, candidates  │ (bob > ada, so bob offers first)
//    │◀─────────────────────────▶│

import { iceServers } from './ice.js';
import { cut, Reader } from './letters.js';
import type { Letter, Shows } from './letters.js';
import type { Devices } from './media.js';
import { Peer } from './peer.js';

export interface TalkPorts {
  /** Sends a text to the other side. The texts arrive in order, or not at all. */
  send(text: string): void;
  stream(stream: MediaStream): void;
  shows(shows: Shows): void;
  changed(state: RTCPeerConnectionState): void;
}

export class Talk {
  private readonly name = newName();
  private readonly reader = new Reader();
  private other = '';
  private peer: Peer | undefined;
  /** What is done about letters, one after the other. */
  private doing = Promise.resolve();
  private over = false;

  constructor(private readonly polite: boolean, private readonly video: boolean, private readonly devices: Devices, private readonly on: TalkPorts) {
    this.send({ hello: true });
  }

  /** hear takes a text from the other side. */
  hear(text: string): void {
    const envelope = this.reader.read(text);
    if (!envelope) return;
    const { from, to, letter } = envelope;
    this.doing = this.doing.then(() => (this.over ? undefined : this.read(from, to, letter)));
  }

  /** again: our link was away, and letters may be lost. */
  again(): void {
    this.send({ hello: true, again: true });
    this.peer?.again();
  }

  /** refresh tells the other side what our devices are now. */
  async refresh(): Promise<void> {
    await this.peer?.picture(this.devices.camera, this.devices.stream);
    this.send({ shows: this.devices.shows });
  }

  stop(): void {
    this.over = true;
    this.peer?.close();
  }

  private async read(from: string, to: string, letter: Letter): Promise<void> {
    if ('hello' in letter) {
      if (from !== this.other) await this.renew(from);
      else if (letter.again) this.peer?.again();
      if (to !== this.name) this.send({ hello: true });
      if (this.peer) this.send({ shows: this.devices.shows });
      return;
    }
    if (from !== this.other || to !== this.name) return;
    if ('shows' in letter) this.on.shows(letter.shows);
    else await this.peer?.hear(letter);
  }

  private async renew(other: string): Promise<void> {
    this.other = other;
    this.peer?.close();
    const servers = await iceServers();
    if (this.over) return;
    this.peer = new Peer(this.polite, servers, this.devices.stream, this.video, {
      send: (letter) => this.send(letter),
      stream: (stream) => this.on.stream(stream),
      changed: (state) => this.on.changed(state),
    });
  }

  private send(letter: Letter): void {
    if (this.over) return;
    for (const text of cut({ from: this.name, to: this.other, letter })) this.on.send(text);
  }
}

function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

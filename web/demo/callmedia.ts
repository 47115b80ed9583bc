// Gives the phone's call its sound and picture: devices from the moment it is
// rung or answered, and a conversation with the other side once both are in.

import { VIDEO } from './call.js';
import type { Call } from './call.js';
import { byId } from './dom.js';
import type { Link } from './link.js';
import { Devices, loaded } from './media.js';
import type { Lack } from './media.js';
import { Pictures } from './pictures.js';
import type { SignalEvent } from './signals.js';
import { Talk } from './talk.js';

/** Sends a text to somebody in a channel. */
export type Teller = (channelId: string, account: string, text: string) => void;

interface Running {
  requestId: string;
  devices: Devices;
  /** Devices are there, or known to be missing. */
  open: Promise<void>;
  lack?: Lack | undefined;
  channelId?: string;
  talk?: Talk;
}

export class CallMedia {
  private readonly pictures = new Pictures();
  private running: Running | undefined;
  private up = false;
  private peer = '';

  constructor(private readonly account: () => string, private readonly tell: Teller) {
    byId('mic').addEventListener('click', () => this.mute());
    byId('camera').addEventListener('click', () => void this.look());
  }

  /** show follows the call; what it starts, it ends. */
  show(link: Link, call: Call): void {
    const back = !this.up && link.state === 'online';
    this.up = link.state === 'online';
    if (call.state === 'idle' || call.state === 'incoming') return this.end();
    if (this.running?.requestId !== call.requestId) this.begin(call.requestId, call.kind === VIDEO);
    this.peer = call.peer;
    const { running } = this;
    if (call.state !== 'connected' || !running) return;
    running.channelId = call.channelId;
    if (back) running.talk?.again();
    void running.open.then(() => this.meet(running, call));
  }

  /** heard takes a CONTROL of the channel. */
  heard({ channelId, from, attachExt = '' }: SignalEvent): void {
    if (channelId === this.running?.channelId && from === this.peer) this.running.talk?.hear(attachExt);
  }

  /** retell says again what is shown, in another language. */
  retell(): void {
    this.pictures.own(this.running?.devices, this.running?.lack);
    if (this.running?.talk) this.pictures.note(this.peer);
  }

  private begin(requestId: string, video: boolean): void {
    this.end();
    const devices = new Devices();
    const running: Running = { requestId, devices, open: Promise.resolve() };
    this.running = running;
    this.pictures.own(devices);
    running.open = loaded().then(() => devices.open(video)).then((lack) => {
      running.lack = lack;
      if (this.running === running) this.pictures.own(devices, lack);
    });
  }

  private meet(running: Running, { channelId, peer, kind }: Call & { state: 'connected' }): void {
    if (this.running !== running || running.talk || !this.up) return;
    this.pictures.changed('new', peer);
    running.talk = new Talk(this.account() < peer, kind === VIDEO, running.devices, {
      send: (text) => this.tell(channelId, peer, text),
      stream: (stream) => this.pictures.stream(stream),
      shows: (shows) => this.pictures.shows(shows, peer),
      changed: (state) => this.pictures.changed(state, peer),
    });
  }

  private end(): void {
    this.running?.talk?.stop();
    this.running?.devices.close();
    if (!this.running) return;
    this.running = undefined;
    this.pictures.stream(undefined);
    this.pictures.own(undefined);
  }

  private mute(): void {
    const running = this.running;
    if (!running) return;
    running.devices.mute(running.devices.shows.microphone);
    this.refresh(running);
  }

  private async look(): Promise<void> {
    const running = this.running;
    if (!running) return;
    if (running.devices.camera) running.devices.lookAway();
    else running.lack = await running.devices.look();
    this.refresh(running);
  }

  private refresh(running: Running): void {
    if (this.running !== running) return;
    this.pictures.own(running.devices, running.lack);
    void running.talk?.refresh();
  }
}

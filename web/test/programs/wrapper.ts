// A service in TypeScript around the SDK: promises with results of its own, and an error class of its own.
import SDK from '@yxim/nim-web-sdk';
import type { NIM, NIMSignalingNotify } from '@yxim/nim-web-sdk';

const enum CallCode {
  Offline = 10201,
  Busy = 10407,
}

class CallError extends Error {
  constructor(
    readonly reason: 'gone' | 'answered' | 'link' | 'unknown',
    readonly cause: unknown,
  ) {
    super(reason);
  }

  static from(error: any): CallError {
    const code: number | string = error.code;
    if (code === 10404 || code === 10408) return new CallError('gone', error);
    if (code === 10409 || code === 10410) return new CallError('answered', error);
    return new CallError(typeof code === 'string' && code.startsWith('Error_') ? 'link' : 'unknown', error);
  }
}

interface Ring {
  channelId: string;
  caller: string;
  requestId: string;
  video: boolean;
  payload: { title?: string };
}

interface Member {
  account: string;
  uid: number;
}

type Listener = (ring: Ring) => void;

export class CallService {
  private nim!: NIM;
  private rings = new Set<Listener>();
  private ends = new Set<(channelId: string) => void>();
  private joins = new Set<(member: Member) => void>();

  constructor(private readonly account: string) {}

  async open(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.nim = SDK.NIM.getInstance({
        appKey: process.env.APP_KEY!,
        account: this.account,
        token: 'tok',
        db: false,
        onconnect: ({ connectionId }) => (connectionId ? resolve() : reject(new Error('no connection'))),
        ondisconnect: ({ code }) => reject(new Error(String(code))),
      });
    });
    this.nim.on('signalingNotify', (event) => this.hear(event));
    return this;
  }

  onRing(listen: Listener): () => void {
    this.rings.add(listen);
    return () => void this.rings.delete(listen);
  }

  nextRing(): Promise<Ring> {
    return new Promise((resolve) => {
      const stop = this.onRing((ring) => (stop(), resolve(ring)));
    });
  }

  nextJoin(): Promise<Member> {
    return new Promise((resolve) => this.joins.add(resolve));
  }

  nextEnd(): Promise<string> {
    return new Promise((resolve) => this.ends.add(resolve));
  }

  async ring(account: string, video: boolean, payload: Ring['payload']): Promise<{ channelId: string; requestId: string; reached: boolean }> {
    const requestId = crypto.randomUUID();
    const call = await this.ask(() =>
      this.nim.signalingCallEx({ type: video ? 2 : 1, account, requestId, attachExt: JSON.stringify(payload), offlineEnabled: true, pushInfo: { needPush: false, pushContent: payload.title ?? '' } }),
    );
    return { channelId: call.channelId, requestId, reached: Number(call.callStatus) !== CallCode.Offline };
  }

  async answer({ channelId, caller, requestId }: Ring, uid?: number): Promise<Member[]> {
    const { members } = await this.ask(() => this.nim.signalingJoinAndAccept({ channelId, account: caller, requestId, uid }));
    return members.map((m) => ({ account: m.accid, uid: Number(m.uid) }));
  }

  decline({ channelId, caller, requestId }: Ring): Promise<unknown> {
    return this.ask(() => this.nim.signalingReject({ channelId, account: caller, requestId }));
  }

  hangUp(channelId: string): Promise<unknown> {
    return this.ask(() => this.nim.signalingClose({ channelId }));
  }

  dispose(): Promise<void> {
    return new Promise((resolve) => this.nim.destroy({ done: () => resolve() }));
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw CallError.from(error);
    }
  }

  private hear(event: NIMSignalingNotify): void {
    switch (event.eventType) {
      case 'INVITE': {
        const payload: Ring['payload'] = event.attachExt ? JSON.parse(event.attachExt) : {};
        for (const tell of this.rings) tell({ channelId: event.channelId, caller: event.from, requestId: event.requestId, video: Number(event.type) === 2, payload });
        return;
      }
      case 'ROOM_JOIN': {
        const { member } = JSON.parse(event.attach) as { member: Record<1 | 2 | 3 | 4 | 5, string> };
        for (const tell of this.joins) tell({ account: member[1], uid: Number(member[2]) });
        return this.joins.clear();
      }
      case 'ROOM_CLOSE':
      case 'CANCEL_INVITE':
        for (const tell of this.ends) tell(event.channelId);
        return this.ends.clear();
    }
  }
}

function same(what: string, is: unknown, wanted: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(wanted)) throw new Error(`${what} is ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
}

async function main(): Promise<void> {
  const ada = await new CallService('ts_ada').open();
  const bob = await new CallService('ts_bob').open();

  let ringing = bob.nextRing();
  const call = await ada.ring('ts_bob', true, { title: 'stand-up' });
  same('reached', call.reached, true);
  const ring = await ringing;
  same('the ring', ring, { channelId: call.channelId, caller: 'ts_ada', requestId: call.requestId, video: true, payload: { title: 'stand-up' } });
  const joining = ada.nextJoin();
  const members = await bob.answer(ring, 77);
  same('who is in it', members.map((m) => m.account), ['ts_ada', 'ts_bob']);
  same('who joined', await joining, { account: 'ts_bob', uid: 77 });
  same('a second answer', await bob.decline(ring).catch((e) => e.reason), 'answered');
  const ended = ada.nextEnd();
  await bob.hangUp(call.channelId);
  same('what ended', await ended, call.channelId);
  same('hanging up twice', await ada.hangUp(call.channelId).catch((e) => e.reason), 'gone');

  ringing = bob.nextRing();
  await ada.ring('ts_bob', false, {});
  await bob.decline(await ringing);
  same('nobody', (await ada.ring('ts_nobody', false, {})).reached, false);

  await bob.dispose();
  same('afterwards', await bob.hangUp('c').catch((e) => e.reason), 'link');
  await ada.dispose();
  console.log('done');
}

main();

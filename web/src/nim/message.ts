// Messages from one account to another, outside of any channel: those of type
// 'g2', by which call kits talk to each other. They are not kept for anybody.

import { ask } from './ask.js';
import { demand, plain } from './checks.js';
import { newId } from './device.js';
import type { NIMError } from './errors.js';
import type { Target } from './target.js';

export interface NIMG2Message {
  scene: 'p2p';
  from: string;
  to: string;
  type: 'g2';
  /** What the sender said, any value that JSON has. */
  attach: any;
  /** Unix milliseconds. */
  time: number;
  /** Whom it was exchanged with. */
  target: string;
  flow: 'in' | 'out';
  status: 'sending' | 'success' | 'fail';
  /** Made up by the sending SDK, and known to it alone. */
  idClient?: string;
  /** The relay's; absent until it has the message. */
  idServer?: string;
}

export interface NIMSendG2MsgOptions {
  attach: any;
  /** Default 'p2p', the only one there is. */
  scene?: 'p2p' | (string & {});
  /** An account. */
  to: string | number;
  /** Called when the relay has the message, or when it has not. */
  done?: (error: NIMError | null, message: NIMG2Message) => void;
}

/** received makes the vendor's message of one that came in. */
export const received = (payload: any): NIMG2Message => ({ ...payload, status: 'success' });

/** send answers the message as it is on its way, and calls `done` with what became of it. */
export function send(target: Target, from: string, options: NIMSendG2MsgOptions, done: (...how: any[]) => void): NIMG2Message {
  const { args, bad } = plain(options);
  demand('msg::G2Message', args, ['attach', 'to']);
  const to = String(args.to);
  const said = { scene: args.scene ?? 'p2p', to, attach: args.attach };
  const message: any = { ...said, from, type: 'g2', time: Date.now(), target: to, flow: 'out', status: 'sending', idClient: newId() };
  ask(target, 'sendG2Msg', { args: said, bad }).then(
    ({ time, idServer }) => done(null, { ...message, time: Number(time), idServer, status: 'success' }),
    (error) => done(error, { ...message, status: 'fail' }),
  );
  return message;
}

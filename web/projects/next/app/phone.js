'use client';

import { NIM, configure } from 'beckon';
import { useEffect, useRef, useState } from 'react';

export function Phone({ account, relay, worker, tabs }) {
  const [status, say] = useState('…');
  const [invitation, invite] = useState();
  const [callee, setCallee] = useState('');
  const phone = useRef();

  useEffect(() => {
    configure({ url: relay, worker, tabs });
    const nim = NIM.getInstance({
      appKey: 'my-app',
      account,
      token: 'any',
      onconnect: () => say('ready'),
      onwillreconnect: () => say('connecting'),
    });
    nim.on('signalingNotify', (event) => {
      if (event.eventType === 'INVITE') {
        invite(event);
        say(`${event.from} rings`);
      } else if (event.eventType === 'ACCEPT') say(`${event.from} answered`);
    });
    phone.current = nim;
    return () => nim.destroy();
  }, [account, relay, worker, tabs]);

  async function ring(submit) {
    submit.preventDefault();
    const call = { type: 1, account: callee, requestId: crypto.randomUUID(), offlineEnabled: true };
    await phone.current.signalingCallEx(call);
    say(`${callee} is called`);
  }

  async function answer() {
    const { channelId, requestId, from } = invitation;
    await phone.current.signalingJoinAndAccept({ channelId, requestId, account: from });
    say(`talking to ${from}`);
  }

  return (
    <>
      <p><output id="status">{status}</output></p>
      <form onSubmit={ring}>
        <label>Account <input id="callee" required value={callee} onChange={(event) => setCallee(event.target.value)} /></label>
        <button>Ring</button>
        {invitation && <button id="answer" type="button" onClick={answer}>Answer</button>}
      </form>
    </>
  );
}

// One account on a desk and in a pocket, each a process of its own: both ring, one answers, the other falls silent.
const NIM = require('@yxim/nim-web-sdk/dist/SDK/NIM_Web_NIM.js');
const { fork } = require('node:child_process');
const assert = require('node:assert');

function instance(account, hear, options) {
  const nim = NIM.getInstance({
    appKey: process.env.APP_KEY,
    account,
    token: 'tok',
    onconnect: () => hear('connect', {}),
    ondisconnect: (error) => hear('disconnect', error),
    ...options,
  });
  nim.on('signalingNotify', (e) => hear(e.eventType, e));
  nim.on('signalingMutilClientSyncNotify', (e) => hear(`other ${e.eventType}`, e));
  nim.on('signalingChannelsSyncNotify', (list) => hear('channels', list));
  return nim;
}

/** A device in this process's child: what it is told to call, and what it hears. */
function device() {
  const nim = instance(process.argv[2], (name, what) => process.send({ name, what }), { syncAvSignal: process.argv[3] === 'sync' });
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ call, options }) => {
    if (call === 'leave') return nim.destroy({ done: () => process.disconnect() });
    const how = await nim[call](options).then((result) => ({ result }), (e) => ({ code: e.code, message: e.message, isError: e instanceof Error }));
    process.send({ name: 'answer', what: how });
  });
}

/** The parent's view of it. */
class Remote {
  constructor(account, sync) {
    this.heard = [];
    this.waiting = [];
    this.child = fork(__filename, [account, sync ? 'sync' : 'quiet']);
    this.child.on('message', ({ name, what }) => this.hear(name, what));
  }
  hear(name, what) {
    this.heard.push([name, what]);
    for (const look of [...this.waiting]) look();
  }
  /** The next of a name; what came before it of other names stays. */
  next(name) {
    return new Promise((resolve) => {
      const look = () => {
        const i = this.heard.findIndex(([n]) => n === name);
        if (i < 0) return;
        this.waiting = this.waiting.filter((l) => l !== look);
        resolve(this.heard.splice(i, 1)[0][1]);
      };
      this.waiting.push(look);
      look();
    });
  }
  async call(call, options) {
    this.child.send({ call, options });
    return this.next('answer');
  }
  leave() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send({ call: 'leave' });
    return gone;
  }
}

async function main() {
  const events = [];
  let wake;
  const caller = instance('dev_ada', (name, what) => { events.push([name, what]); wake?.(); });
  const heard = async (name) => {
    for (;;) {
      const i = events.findIndex(([n]) => n === name);
      if (i >= 0) return events.splice(i, 1)[0][1];
      await new Promise((resolve) => (wake = resolve));
    }
  };
  await heard('connect');
  const [desk, pocket] = [new Remote('dev_bob'), new Remote('dev_bob')];
  await Promise.all([desk.next('connect'), pocket.next('connect')]);

  // Both ring. The desk answers; the pocket is told, and may not answer any more.
  let call = await caller.signalingCallEx({ type: 2, account: 'dev_bob', requestId: 'both', offlineEnabled: true });
  const [ring, same] = await Promise.all([desk.next('INVITE'), pocket.next('INVITE')]);
  assert.equal(ring.channelId, same.channelId);
  const answer = { channelId: ring.channelId, account: ring.from, requestId: ring.requestId };
  const { result } = await desk.call('signalingJoinAndAccept', { ...answer, attachExt: 'desk' });
  assert.deepEqual(result.members.map((m) => m.accid), ['dev_ada', 'dev_bob']);
  const other = await pocket.next('other ACCEPT');
  assert.deepEqual([other.requestId, other.from, other.to, other.attachExt], ['both', 'dev_bob', 'dev_ada', 'desk']);
  const late = await pocket.call('signalingJoinAndAccept', answer);
  assert.deepEqual(late, { code: 10420, message: 'ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT', isError: true });
  assert.equal((await pocket.call('signalingReject', answer)).message, 'INVITE_HAS_ACCEPT');
  assert.equal((await heard('ROOM_JOIN')).from, 'dev_bob');
  await heard('ACCEPT');

  // A control and the end reach the member on all of its devices.
  await caller.signalingControl({ channelId: call.channelId, account: 'dev_bob', attachExt: 'mute' });
  assert.equal((await desk.next('CONTROL')).attachExt, 'mute');
  await caller.signalingClose({ channelId: call.channelId });
  await Promise.all([desk.next('ROOM_CLOSE'), pocket.next('ROOM_CLOSE')]);

  // Rejected in the pocket; cancelled on both.
  call = await caller.signalingCallEx({ type: 1, account: 'dev_bob', requestId: 'no' });
  await Promise.all([desk.next('INVITE'), pocket.next('INVITE')]);
  await pocket.call('signalingReject', { channelId: call.channelId, account: 'dev_ada', requestId: 'no' });
  assert.equal((await desk.next('other REJECT')).requestId, 'no');
  await heard('REJECT');
  await caller.signalingInvite({ channelId: call.channelId, account: 'dev_bob', requestId: 'never mind' });
  await Promise.all([desk.next('INVITE'), pocket.next('INVITE')]);
  await caller.signalingCancel({ channelId: call.channelId, account: 'dev_bob', requestId: 'never mind' });
  await Promise.all([desk.next('CANCEL_INVITE'), pocket.next('CANCEL_INVITE')]);

  // Both at once: one of them has it.
  await caller.signalingInvite({ channelId: call.channelId, account: 'dev_bob', requestId: 'race' });
  await Promise.all([desk.next('INVITE'), pocket.next('INVITE')]);
  const race = { channelId: call.channelId, account: 'dev_ada', requestId: 'race' };
  const ways = await Promise.all([desk.call('signalingAccept', race), pocket.call('signalingAccept', race)]);
  assert.deepEqual(ways.map((w) => w.code ?? 200).sort(), [10410, 200]);
  await (ways[0].code ? desk : pocket).next('other ACCEPT');

  // A device that comes later learns which channels there are, and does not ring.
  await desk.call('signalingJoin', { channelId: call.channelId });
  const third = new Remote('dev_bob', true);
  await third.next('connect');
  assert.deepEqual((await third.next('channels')).map((c) => c.channelId), [call.channelId]);
  assert.deepEqual(third.heard, []);
  await caller.signalingClose({ channelId: call.channelId });
  await third.next('ROOM_CLOSE');
  for (const one of [desk, pocket, third]) {
    assert.ok(!one.heard.some(([name]) => /INVITE|ACCEPT/.test(name)), JSON.stringify(one.heard));
    await one.leave();
  }
  caller.destroy();
  console.log('done');
}

if (process.send) device();
else main();

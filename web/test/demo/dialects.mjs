// The two vendors' APIs, and a page of the one that rings a page of the other: video calls in every pairing.

import { connect, lineToRelay, ring, story, wantFocus, wantNews, wantNoSheet, wantSheet, wantState } from './kit.mjs';
import { counting, seen } from './media.kit.mjs';

const names = { nim: 'NIM', tui: 'TUIRoomEngine' };

for (const [first, second] of [['tui', 'tui'], ['nim', 'tui'], ['tui', 'nim']]) {
  const pair = `${names[first]} rings ${names[second]}`;
  const two = async ({ ada, bob, open }) => {
    const [a, b] = [await open(ada, counting), await open(bob, counting)];
    await a.check(`[data-testid=dialect-${first}]`);
    await b.check(`[data-testid=dialect-${second}]`);
    await a.check('[data-testid=video]', { force: true });
    return [a, b];
  };

  story(`${pair}: both see each other, also after a reload, and the callee hangs up`, async (scene) => {
    const [a, b] = await two(scene);
    await connect(a, b, scene.bob);
    await seen(a, b);
    for (const page of [a, b]) {
      await page.reload();
      await wantState(page, 'connected');
      await seen(a, b);
    }
    await b.click('#hangup');
    await Promise.all([wantState(a, 'idle'), wantState(b, 'idle')]);
    await connect(a, b, scene.bob);
    await a.click('#hangup');
    await wantState(b, 'idle');
  });

  story(`${pair}: rejected, and cancelled`, async (scene) => {
    const [a, b] = await two(scene);
    await ring(a, scene.bob);
    await wantSheet(b);
    await b.click('#reject');
    await wantNews(a, `${scene.bob} declined your call.`);
    await wantFocus(a, 'callee');
    await ring(a, scene.bob);
    await wantSheet(b);
    await a.click('#cancel');
    await Promise.all([wantNoSheet(b), wantState(a, 'idle')]);
    await wantNews(b, `You missed ${scene.ada}`);
  });

  story(`${pair}: two who ring each other at the same time are in one call`, async ({ ada, bob, open }) => {
    const line = lineToRelay();
    const [a, b] = [await open(ada), await open(bob, line.lay)];
    await a.check(`[data-testid=dialect-${first}]`);
    await b.check(`[data-testid=dialect-${second}]`);
    line.hold();
    await ring(a, bob);
    await ring(b, ada);
    line.release();
    await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
    await b.click('#hangup');
    await wantState(a, 'idle');
  });
}

// node run.mjs URL: what Lighthouse says of a page, as JSON. CHROME_PATH says which Chromium.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const categories = ['accessibility', 'best-practices', 'performance'];
const tries = 3;

/** A category without a score is one of which an audit failed: now and then a trace of the browser is not whole. */
async function look(url) {
  const chrome = await launch({ chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: categories, logLevel: 'silent' });
    if (categories.every((name) => lhr.categories[name].score !== null)) return lhr;
    const broken = Object.values(lhr.audits).filter((a) => a.scoreDisplayMode === 'error');
    throw new Error(`no score: ${broken.map((a) => `${a.id}: ${a.errorMessage}`).join('; ')}`);
  } finally {
    chrome.kill();
  }
}

for (let n = 1; ; n++) {
  try {
    const lhr = await look(process.argv[2]);
    const scores = categories.map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
    const failed = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 0.9).map((a) => a.id);
    console.log(JSON.stringify({ ...Object.fromEntries(scores), failed }));
    break;
  } catch (error) {
    if (n === tries) throw error;
  }
}

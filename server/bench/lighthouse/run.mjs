// node run.mjs URL: what Lighthouse says of a page, as JSON. CHROME_PATH says which Chromium.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const categories = ['accessibility', 'best-practices', 'performance'];
const chrome = await launch({ chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
  const { lhr } = await lighthouse(process.argv[2], { port: chrome.port, onlyCategories: categories, logLevel: 'silent' });
  const score = (name) => Math.round(lhr.categories[name].score * 100);
  const failed = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 0.9).map((a) => a.id);
  console.log(JSON.stringify({ ...Object.fromEntries(categories.map((name) => [name, score(name)])), failed }));
} finally {
  chrome.kill();
}

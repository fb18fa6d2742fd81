// Uses the web desk in Chromium as its three users would: an official reads, a secretary records and takes back, an auditor follows the
// journal; by mouse and by keyboard, with and without a script, in three languages, light, dark and on a phone.
//
// usage: node desk_in_browser.js PROGRAM FOLDER CHROMIUM      FOLDER holds registry.db; needs playwright-core and axe-core
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const readline = require('node:readline');
const { chromium } = require('playwright-core');

const [, , program, folder, executablePath] = process.argv;
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
let checks = 0;
const same = (found, wanted, what) => { assert.deepEqual(found, wanted, what); checks += 1; };
const holds = (found, what) => { assert.ok(found, what); checks += 1; };

// Starts the web desk; answers the process and its first address.
function started() {
  const registry = path.join(folder, 'registry.db');
  const desk = spawn(program, ['--registry', registry, 'serve', '--listen', '127.0.0.1:0', '--no-browser'], { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    desk.on('exit', (code) => reject(new Error(`the web desk ended with ${code}`)));
    readline.createInterface({ input: desk.stderr }).on('line', (line) => {
      const address = line.match(/http:\S+/);
      if (address) resolve({ desk, first: address[0], base: new URL(address[0]).origin });
    });
  });
}

// A page of a browser that has the key; what the browser complains of is kept.
async function opened(browser, site, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'en', ...options });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => { if (message.type() === 'error') said.push(message.text()); });
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(site.first);
  return { context, page, said };
}

async function accessible(page, what) {
  await page.evaluate(axe); // past the policy of the page, which lets in no foreign script
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 2).join(' ')}`);
  });
  same(found, [], `${what}: axe finds nothing`);
}

async function official(browser, site) {
  for (const [locale, name, heading] of [['en', 'Summary', 'Country or region'], ['zh', '汇总', '国家（地区）'], ['ja', '集計', '国・地域']]) {
    const { context, page, said } = await opened(browser, site, { locale });
    same(await page.getAttribute('html', 'lang'), locale);
    await page.getByRole('link', { name, exact: true }).first().click();
    holds((await page.textContent('article')).includes(heading), `${locale}: ${heading}`);
    await page.locator('article a[href^="/country/"]').first().click();
    holds(page.url().includes('/country/'), 'a country leads to its page');
    await page.locator('article a[href^="/project/"]').first().click();
    holds(/\/project\/(P-\d{4}|F1-\d{3})$/.test(page.url()), 'a code leads to its project');
    await page.fill('input[name=as_of]', '2019');
    await page.locator('form.clocks button').click();
    holds(page.url().includes('as_of=2019'), 'the day is in the address');
    const links = await page.locator('article a[href^="/party/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    holds(links.every((link) => link.endsWith('?as_of=2019')), 'links keep the day');
    same(said, [], `${locale}: nothing on the console`);
    await context.close();
  }
}

async function secretary(browser, site, options, what) {
  const { context, page, said } = await opened(browser, site, options);
  await page.goto(`${site.base}/project/P-0005`);
  await page.locator('.actions a[href^="/record/status"]').click();
  same(await page.inputValue('input[name=code]'), 'P-0005', 'the form knows its project');
  await page.selectOption('select[name=status]', 'completed');
  await page.fill('input[name=on]', '2026-11-01');
  await page.fill('input[name=source]', 'S-0002');
  await page.locator('button[value=preview]').press('Enter');
  holds((await page.textContent('main')).includes('Would record P-0005'), `${what}: the preview says what would be recorded`);
  same(await page.inputValue('input[name=on]'), '2026-11-01', 'what was typed stays');
  await page.locator('button[value=record]').click();
  holds(/\/batch\/\d+$/.test(page.url()), `${what}: the batch is shown`);
  await page.locator('.actions a[href^="/record/undo"]').click();
  await page.locator('button[value=record]').click();
  holds((await page.textContent('main')).includes('P-0005'), `${what}: it is taken back`);
  await page.goto(`${site.base}/record/status?code=P-0005`);
  await page.selectOption('select[name=status]', 'completed');
  await page.fill('input[name=on]', '2026-13');
  await page.locator('button[value=record]').click();
  holds((await page.textContent('[role=alert]')).includes('2026-13'), `${what}: a refusal says what is wrong`);
  same(said.filter((line) => !line.includes('400')), [], `${what}: nothing on the console`);
  await context.close();
}

async function typing(browser, site) {
  const { context, page } = await opened(browser, site);
  await page.goto(`${site.base}/record/participation/add?code=P-0005`);
  await page.locator('input[name=party]').pressSequentially('marub');
  await page.waitForFunction(() => document.querySelector('input[name=party]').list.options.length > 0);
  const offered = await page.evaluate(() => [...document.querySelector('input[name=party]').list.options].map((option) => option.value));
  holds(offered.includes('marubeni'), 'parties are offered while one types');
  await page.goto(`${site.base}/projects`);
  const rows = () => page.locator('article tbody tr:visible').count();
  const all = await rows();
  await page.locator('input.narrow').fill('wind');
  holds(await rows() > 0 && await rows() < all, 'a long table can be narrowed down');
  await context.close();
}

async function looks(browser, site) {
  const places = ['/', '/summary', '/projects', '/project/P-0001', '/party/itochu', '/country/TH', '/batches', '/todo', '/check',
    '/record/project/set?code=P-0001', '/search?text=wind', '/nothing'];
  for (const [what, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 390, height: 800 } }]]) {
    const { context, page } = await opened(browser, site, options);
    for (const place of places) {
      await page.goto(site.base + place);
      await accessible(page, `${what} ${place}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      holds(wide <= 0, `${what} ${place}: the page is not wider than the window`);
    }
    await context.close();
  }
}

(async () => {
  const site = await started();
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    await official(browser, site);
    await secretary(browser, site, {}, 'with a script');
    await secretary(browser, site, { javaScriptEnabled: false }, 'without a script');
    await typing(browser, site);
    await looks(browser, site);
  } finally {
    await browser.close();
    site.desk.removeAllListeners('exit');
    site.desk.kill();
  }
  console.log(`web desk in Chromium: ${checks} checks`);
})().catch((error) => { console.error(error); process.exit(1); });

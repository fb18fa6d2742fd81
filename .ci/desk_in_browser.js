// Uses the web desk in Chromium as its three users would: an official reads, a secretary records and takes back, an auditor follows the
// journal; by mouse and by keyboard, with and without a script, in three languages, light, dark and on a phone.
//
// usage: node desk_in_browser.js PROGRAM FOLDER CHROMIUM      FOLDER holds registry.db; needs playwright-core and axe-core
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');
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
function started(registry, more = []) {
  const desk = spawn(program, ['--registry', registry, 'serve', '--listen', '127.0.0.1:0', '--no-browser', ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
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
  for (const [locale, name, heading] of [['en', 'Summary', 'Country or region'], ['zh', '汇总', '国家和地区'], ['ja', '集計', '国・地域']]) {
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

// Titles filled in side by side, and a task that leads to a filled form, without a script.
async function tasks(browser, site) {
  const { context, page, said } = await opened(browser, site, { javaScriptEnabled: false });
  await page.goto(`${site.base}/translations?show=translated`);
  await page.fill('textarea[name="F1-002.title_zh"]', '新的名称');
  await page.locator('button[value=preview]').press('Enter');
  holds((await page.textContent('article')).includes('新的名称'), 'a translation is previewed');
  same(await page.inputValue('textarea[name="F1-002.title_zh"]'), '新的名称', 'what was typed stays');
  await page.locator('button[value=record]').press('Enter');
  holds(/\/batch\/\d+$/.test(page.url()), 'translations are one batch');
  await page.goto(`${site.base}/todo`);
  await page.getByRole('link', { name: 'Accept for a while' }).first().press('Enter');
  holds(page.url().includes('/record/check/waive?rule='), 'a finding leads to its waiver');
  await page.fill('input[name=owner]', 'Tokyo office');
  await page.fill('input[name=until]', '2099-12-31');
  await page.fill('input[name=reason]', 'asked the bank');
  await page.locator('button[value=record]').press('Enter');
  holds(/\/batch\/\d+$/.test(page.url()), 'a finding is accepted');
  same(said, [], 'nothing on the console');
  await context.close();
}

async function looks(browser, site) {
  const places = ['/', '/summary', '/projects', '/project/P-0001', '/party/itochu', '/country/TH', '/batches', '/todo', '/check',
    '/drafts', '/draft/1', '/rows/1', '/translations?show=all', '/record/todo/snooze?record=P-0004', '/record/project/set?code=P-0001', '/record/import/plan', '/search?text=wind', '/nothing'];
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

const password = 'correct horse battery';

// Signs in by keyboard, on the page that was asked for.
async function signIn(page, site, name, place) {
  await page.goto(site.base + place);
  await page.keyboard.press('Tab');
  same(await page.evaluate(() => document.activeElement.name), 'name', 'the first key press leads to the name');
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.locator('button[form=leave]').waitFor();
  same(new URL(page.url()).pathname, place, 'signing in leads to the page that was asked for');
}

// An office in which a second person approves, in three languages: entered by one, seen and approved by another.
async function office(browser, site) {
  for (const [locale, code, approve] of [['en', 'P-0005', 'Approve and record'], ['zh', 'P-0006', '核准并登记'], ['ja', 'P-0007', '承認して記録']]) {
    const { context, page } = await opened(browser, site, { locale });
    await accessible(page, `${locale} signing in`);
    await signIn(page, site, 'li', `/project/${code}`);
    await page.goto(`${site.base}/record/project/set?code=${code}`);
    await page.fill('textarea[name=note]', `noted in ${locale}`);
    await page.locator('button[value=record]').press('Enter');
    holds(/\/draft\/\d+$/.test(page.url()), `${locale}: the entry waits`);
    const draft = new URL(page.url()).pathname;
    same(await page.locator('.actions a[href^="/record/draft/approve"]').count(), 0, `${locale}: nobody approves what is his own`);
    await page.locator('button[form=leave]').click();
    await signIn(page, site, 'tanaka', draft);
    holds((await page.textContent('article')).includes(`noted in ${locale}`), `${locale}: the draft shows what it would record`);
    await accessible(page, `${locale} ${draft}`);
    await page.locator('.actions a[href^="/record/draft/approve"]').press('Enter');
    await page.getByRole('button', { name: approve }).press('Enter');
    holds(/\/batch\/\d+$/.test(page.url()), `${locale}: it is recorded`);
    const batch = await page.textContent('article');
    holds(batch.includes('li') && batch.includes('tanaka'), `${locale}: the batch names both`);
    await context.close();
  }
}

// A list is sent, decided on and taken in; a document is sent.
async function list(browser, site) {
  const { context, page, said } = await opened(browser, site);
  await page.goto(`${site.base}/record/import/plan`);
  await page.setInputFiles('input[type=file]', { name: 'list.csv', mimeType: 'text/csv',
    buffer: Buffer.from('title_en,mode,hosts\nSolar park Alpha,engineering,TH\nRail depot Beta,engineering,VN\n') });
  await page.locator('button[value=record]').press('Enter');
  holds(/\/draft\/\d+$/.test(page.url()), 'the list has a page');
  holds((await page.textContent('article')).includes('Rail depot Beta'), 'it shows what the list would change');
  await accessible(page, 'a list');
  const draft = page.url();
  await page.locator('.actions a[href^="/rows/"]').press('Enter');
  await accessible(page, 'the decisions on a list');
  await page.fill('input[name=reason]', 'not ours');
  await page.keyboard.press('Enter');
  holds(page.url().includes('/rows/'), 'the Enter key in the reason decides on nothing');
  await page.locator('#row-2 button', { hasText: 'Reject' }).press('Enter');
  holds((await page.textContent('#row-2')).includes('not ours'), 'a row is decided on, with its reason');
  await page.goto(`${draft.replace('/draft/', '/rows/')}?where=decision%3Daccept`);
  await page.locator('.decide button[value=open]').press('Enter');
  holds((await page.textContent('article')).includes('No project is so'), 'all that were accepted are open again');
  await page.goto(`${draft.replace('/draft/', '/rows/')}?where=decision%3Dopen`);
  await page.locator('.decide button[value=accept]').press('Enter');
  holds((await page.textContent('article')).includes('No project is so'), 'all that were open are decided on');
  await page.goto(draft);
  await page.locator('.actions a[href^="/record/import/apply"]').press('Enter');
  await page.locator('button[value=record]').press('Enter');
  holds(/\/batch\/\d+$/.test(page.url()), 'the list is one batch');
  await page.goto(`${site.base}/projects`);
  const projects = await page.textContent('article');
  holds(projects.includes('Rail depot Beta') && !projects.includes('Solar park Alpha'), 'what was rejected is left out');
  await page.goto(`${site.base}/record/source/attach?code=S-0002`);
  await page.setInputFiles('input[type=file]', { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('A letter.') });
  await page.locator('button[value=record]').click();
  holds(/\/batch\/\d+$/.test(page.url()), 'a document is kept');
  await page.goto(`${site.base}/record/status?code=P-0005`);
  await page.selectOption('select[name=status]', 'completed');
  await page.fill('input[name=on]', '2026-13');
  await page.locator('button[value=record]').click();
  same(await page.getAttribute('input[name=on]', 'aria-describedby'), 'wrong-on', 'a refusal stands beside its field');
  holds((await page.textContent('#wrong-on')).includes('2026-13'), 'and says what is wrong');
  await accessible(page, 'a refusal beside its field');
  same(said.filter((line) => !line.includes('40') && !line.includes('422')), [], 'nothing on the console');
  await context.close();
}

(async () => {
  const registry = path.join(folder, 'registry.db');
  const withAccounts = path.join(folder, 'office.db');
  fs.copyFileSync(registry, withAccounts);
  for (const [name, role] of [['li', 'recorder'], ['tanaka', 'approver']]) {
    const made = spawnSync(program, ['--registry', withAccounts, 'user', 'add', name, '--role', role], { input: `${password}\n` });
    same(made.status, 0, String(made.stderr));
  }
  const site = await started(registry);
  const withApproval = await started(withAccounts, ['--approval']);
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    await official(browser, site);
    await secretary(browser, site, {}, 'with a script');
    await secretary(browser, site, { javaScriptEnabled: false }, 'without a script');
    await typing(browser, site);
    await list(browser, site);
    await tasks(browser, site);
    await office(browser, withApproval);
    await looks(browser, site);
  } finally {
    await browser.close();
    for (const one of [site, withApproval]) {
      one.desk.removeAllListeners('exit');
      one.desk.kill();
    }
  }
  console.log(`web desk in Chromium: ${checks} checks`);
})().catch((error) => { console.error(error); process.exit(1); });

// Opens the reports of a folder in Chromium, as a reader would: sorts, filters, reads, prints.
//
// usage: node report_in_browser.js FOLDER CHROMIUM      FOLDER holds {en,zh,ja,none,money,hostile}.html and brief-{en,zh,ja,TH,hostile}.html; needs playwright-core and axe-core
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const folder = process.argv[2];
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
let checks = 0;
const same = (found, wanted, what) => { assert.deepEqual(found, wanted, what); checks += 1; };
const holds = (found, what) => { assert.ok(found, what); checks += 1; };

// A page in a browser that has never seen another; everything it says and everything it asks for is kept.
async function opened(browser, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith('file://') || !request.url().endsWith(`${name}.html`)) said.push(request.url()); });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`file://${path.join(folder, name)}.html`);
  return { context, page, said };
}

async function closed({ context, page, said }, what) {
  same(await page.evaluate(() => window.violations), [], `${what}: nothing is kept out by the policy`);
  same(said, [], `${what}: no word on the console, no request`);
  await context.close();
}

const shown = (page) => page.evaluate(() => Array.from(document.querySelectorAll('#all tbody tr')).filter((row) => row.checkVisibility()).length);
const column = (page, place) => page.evaluate((place) => Array.from(document.querySelectorAll('#all tbody tr'), (row) => row.cells[place].textContent.trim()), place);
const sorted = (page, place) => page.evaluate((place) => document.querySelectorAll('#all thead th')[place].getAttribute('aria-sort'), place);

async function sorting(page) {
  const button = page.locator('#all thead th button').nth(5);
  await button.click();
  const up = await column(page, 5);
  const known = up.filter((date) => /^\d/.test(date));
  same(known, known.toSorted(), 'dates climb');
  same(up.slice(known.length).filter((date) => /^\d/.test(date)), [], 'what is not stated stands last');
  same(await sorted(page, 5), 'ascending');
  same(await sorted(page, 0), null);
  await button.focus();
  await page.keyboard.press('Enter');
  const down = await column(page, 5);
  same(down.filter((date) => /^\d/.test(date)), known.toSorted().toReversed(), 'the keyboard turns them round');
  same(down.slice(known.length).filter((date) => /^\d/.test(date)), [], 'what is not stated still stands last');
  same(await sorted(page, 5), 'descending');
}

async function filtering(page) {
  const live = page.locator('#shown');
  const all = await page.locator('#all tbody tr').count();
  holds(all > 100, 'the shipped records');
  same(await shown(page), all);
  same(await live.textContent(), `${all} of ${all} projects shown`);
  await page.locator('#filter select[name=group]').selectOption('F1');
  same(await shown(page), 52);
  same(await live.textContent(), `52 of ${all} projects shown`);
  await page.locator('#filter select[name=status]').selectOption('implementing');
  same(await shown(page), 5);
  await page.locator('#filter input[name=text]').focus();
  await page.keyboard.type('ｉｎｃｕｂation');
  same(await shown(page), 1, 'full-width letters are found too');
  await page.keyboard.press('Tab');
  await page.locator('#filter button[type=reset]').focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('#shown').textContent.startsWith('1'));
  same(await shown(page), all);
}

// A figure leads to its projects, a project to its facts, a fact to its source, by mouse and by keyboard, and back again.
async function drilling(page) {
  const cell = page.locator('#status td a[href="#group=F1&mode=strategic&status=implementing"]').first();
  const figure = Number(await cell.textContent());
  await cell.focus();
  await page.keyboard.press('Enter');
  same(await shown(page), figure, 'a cell by keyboard');
  await page.waitForFunction(() => Math.abs(document.querySelector('#projects').getBoundingClientRect().top) < 200);
  await page.locator('.panel .big a').first().click();
  same(await shown(page), Number(await page.locator('.panel .big a').first().textContent()), 'the headline');
  await page.locator('#glance .chart a').first().click();
  same(await shown(page), 47, 'a bar');
  const bar = page.locator('#status .chart a').first();
  await bar.focus();
  await page.keyboard.press('Enter');
  same(await shown(page), 4, 'a bar by keyboard');
  same(await page.locator('a[href][tabindex="-1"]').count(), 0, 'nothing that leads somewhere is left out by the Tab key');
  await page.locator('.map a[href="#group=other&host=SG"]').focus();
  await page.keyboard.press('Enter');
  same(await shown(page), 9, 'a dot of the map');
  await page.goBack();
  await page.goBack();
  await page.goBack();
  same(await shown(page), 5, 'and back');
  await page.locator('#glance > .legend a').first().click();
  holds(await shown(page) > 0, 'the legend');
  await page.locator('#filter button[type=reset]').click();
  await page.locator('#all a[href="#F1-017"]').click();
  holds(await page.locator('#F1-017').isVisible(), 'the card opens');
  await page.locator('#F1-017 td a[href="#F1-017.1"]').first().click();
  holds(await page.evaluate(() => document.getElementById('F1-017.1').checkVisibility()), 'the source is there');
  await page.locator('#F1-017 a[href="#projects"]').click();
  holds(page.url().endsWith('#projects'), 'and back to the table');
}

// On a phone: the first screen says what the colours mean, no cell is narrower than its words, every bar has its figure on the screen.
async function small(page, what) {
  const { width, height } = page.viewportSize();
  holds(await page.evaluate((width) => document.documentElement.scrollWidth <= width, width), `${what}: nothing makes the page wider than a phone`);
  const legend = await page.locator('#glance > .legend').boundingBox();
  holds(legend.y + legend.height <= height, `${what}: the colours are explained on the first screen`);
  same(await page.evaluate(() => Array.from(document.querySelectorAll('th, td')).filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)), [], `${what}: no text is cut`);
  same(await page.evaluate((width) => Array.from(document.querySelectorAll('.bars text')).filter((text) => {
    const box = text.getBoundingClientRect();
    return getComputedStyle(text).display !== 'none' && (box.left < -1 || box.right > width + 1);
  }).map((text) => text.textContent), width), [], `${what}: all figures of the bars are on the screen`);
}

// Each picture has its shapes, and a table of the same figures after it.
async function pictures(page, what) {
  for (const [picture, shapes, least] of [['.map', 'circle', 30], ['#course .bars', 'rect', 10], ['.network', 'line', 20], ['.flow', 'polygon', 3]]) {
    holds(await page.locator(`${picture} ${shapes}`).count() >= least, `${what}: ${picture}`);
  }
  for (const section of ['#countries', '#course', '#partners', '#changes']) {
    holds(await page.locator(`${section} table`).count() > 0, `${what}: ${section} has a table`);
  }
}

// From the skip link to the last button, every stop of the Tab key is seen.
async function keyboard(page) {
  await page.keyboard.press('Tab');
  same(await page.evaluate(() => document.activeElement.className), 'skip');
  holds(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0), 'the skip link shows itself');
  await page.keyboard.press('Enter');
  same(await page.evaluate(() => document.activeElement.id), 'main');
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  same(found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target).join(' | ')}`), [], `${what}: axe finds nothing`);
  holds(found.passes.length > 10, 'axe has looked');
}

async function main() {
  const browser = await chromium.launch({ executablePath: process.argv[3], headless: true, args: flags });
  try {
    const words = { en: 'At a glance', zh: '中日第三方市场合作', ja: '日中第三国市場協力' };
    for (const [language, word] of Object.entries(words)) {
      for (const colorScheme of ['light', 'dark']) {
        const report = await opened(browser, language, { colorScheme });
        holds((await report.page.locator('body').innerText()).includes(word), language);
        // A font without the characters draws them all as the same box.
        const widths = await report.page.evaluate(() => document.querySelector('h1').getBoundingClientRect().width);
        holds(widths > 100, 'the title is drawn');
        await accessible(report.page, `${language}, ${colorScheme}`);
        await closed(report, `${language}, ${colorScheme}`);
      }
    }
    const report = await opened(browser, 'en');
    await keyboard(report.page);
    await filtering(report.page);
    await sorting(report.page);
    await accessible(report.page, 'after sorting');
    await drilling(report.page);
    await closed(report, 'sorting, filtering and drilling');

    for (const language of Object.keys(words)) {
      const phone = await opened(browser, language, { viewport: { width: 390, height: 844 } });
      await small(phone.page, language);
      await pictures(phone.page, language);
      await closed(phone, `phone, ${language}`);
    }
    const phone = await opened(browser, 'ja', { viewport: { width: 360, height: 740 } });
    holds(await phone.page.evaluate(() => document.documentElement.scrollWidth <= 360), 'nothing makes the page wider than a small phone');
    await accessible(phone.page, 'phone');
    await closed(phone, 'phone');

    const plain = await opened(browser, 'en', { javaScriptEnabled: false });
    holds(await plain.page.locator('#all tbody tr').count() > 100, 'a plain table without the script');
    holds(!(await plain.page.locator('#filter').isVisible()), 'no filter that does nothing');
    await plain.page.locator('.panel .big a').first().click();
    const list = plain.page.locator('[id="group=F1&status=implemented"] + dd a');
    same(await list.count(), 5, 'without the script a figure leads to the codes');
    await list.first().click();
    holds(await plain.page.locator('#F1-007').isVisible(), 'and a code to its card');
    await plain.context.close();

    const hostile = await opened(browser, 'hostile');
    same(await hostile.page.evaluate(() => [document.scripts.length, document.images.length]), [1, 0]);
    holds(!/^(1|obeyed)$/.test(await hostile.page.title()), 'no title is obeyed');
    const titles = await column(hostile.page, 1);
    for (const text of ['<script>document.title = "obeyed"</script>', '"><img src=x onerror="document.title = 1">', '=HYPERLINK("http://example.org/", "click")', 'A & B &lt;b&gt; \' {{ 7*7 }} ${7*7}']) {
      holds(titles.some((title) => title.includes(text)), text);
    }
    same(await hostile.page.evaluate(() => Array.from(document.links, (link) => link.protocol).filter((protocol) => !['http:', 'https:', 'file:'].includes(protocol))), []);
    await accessible(hostile.page, 'hostile');
    await closed(hostile, 'hostile');

    const none = await opened(browser, 'none');
    await accessible(none.page, 'no projects');
    await closed(none, 'no projects');

    for (const colorScheme of ['light', 'dark']) {
      const money = await opened(browser, 'money', { colorScheme });
      await accessible(money.page, `commitments, ${colorScheme}`);
      const section = await money.page.locator('#commitments').innerText();
      for (const text of ['USD\u00a01.8\u00a0m in 1 of 52 projects', '1,785,713.84', 'USD/JPY/2018-10-26', 'https://example.org/rates']) {
        holds(section.includes(text), text);
      }
      await closed(money, `commitments, ${colorScheme}`);
    }

    for (const name of ['en', 'zh', 'ja', 'TH', 'hostile'].map((name) => `brief-${name}`)) {
      const brief = await opened(browser, name);
      await accessible(brief.page, name);
      const sheet = await brief.page.pdf({ preferCSSPageSize: true });
      same(sheet.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/gu)?.length, 1, `${name} prints on one sheet`);
      await brief.page.setViewportSize({ width: 390, height: 800 });
      holds(await brief.page.evaluate(() => document.documentElement.scrollWidth <= 390), `${name} fits a phone`);
      await closed(brief, name);
    }

    const paper = await opened(browser, 'en');
    await paper.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    same(await paper.page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'paper is white, whatever the screen');
    const pdf = await paper.page.pdf({ preferCSSPageSize: true });
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/gu)?.length;
    holds(sheets >= 10 && sheets <= 24, `it prints on ${sheets} pages, with the sources`);
    holds(pdf.includes('/MediaBox [0 0 594') || pdf.includes('/MediaBox [0 0 595'), 'on A4');
    await closed(paper, 'paper');
  } finally {
    await browser.close();
  }
  console.log(`report in Chromium: ${checks} checks hold`);
}

main().catch((error) => { console.error(error); process.exit(1); });

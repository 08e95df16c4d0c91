//! The vocabularies of the standards, in the notation of [`super::grammar`]. They allow what the schemas of the standards
//! allow; what these leave open and the standards do not is for the rules beside.

use super::grammar::{Grammar, Openness};
use std::sync::LazyLock;

pub(super) const CP_12: &str = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
pub(super) const ADLCP_12: &str = "http://www.adlnet.org/xsd/adlcp_rootv1p2";
pub(super) const LOM_12: &str = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1";
pub(super) const CP_2004: &str = "http://www.imsglobal.org/xsd/imscp_v1p1";
pub(super) const ADLCP_2004: &str = "http://www.adlnet.org/xsd/adlcp_v1p3";
pub(super) const ADLSEQ: &str = "http://www.adlnet.org/xsd/adlseq_v1p3";
pub(super) const ADLNAV: &str = "http://www.adlnet.org/xsd/adlnav_v1p3";
pub(super) const IMSSS: &str = "http://www.imsglobal.org/xsd/imsss";
pub(super) const LOM_2004: &str = "http://ltsc.ieee.org/xsd/LOM";
pub(super) const CMI5: &str = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";
pub(super) const TINCAN: &str = "http://projecttincan.com/tincan.xsd";
const XML: &str = super::reader::XML;

const CP_12_TABLE: &str = "
    <manifest> identifier!=id version=max20 xml:base=text @* -> metadata? organizations resources manifest* other*
    <metadata> -> schema? schemaversion? other*
    <organizations> default=idref @* -> organization* other*
    <organization> identifier!=id structure=max200 @* -> title? item* metadata? other*
    <item> identifier!=id identifierref=max2000 isvisible=bool parameters=max1000 @* -> title? item* metadata? other*
    <resources> xml:base=text @* -> resource* other*
    <resource> identifier!=id type!=max1000 href=max2000 xml:base=text @* -> metadata? file* dependency* other*
    <file> href!=max2000 @* -> metadata? other*
    <dependency> identifierref!=max2000 @* -> other*
    <schema> -> #max100
    <schemaversion> -> #max20
    <title> -> #max200
";

const ADLCP_12_TABLE: &str = "
    @scormtype=(sco|asset)
    <masteryscore> -> #max200
    <prerequisites> type!=(aicc_script) -> #max200
    <maxtimeallowed> -> #max13
    <timelimitaction> -> #(exit,message|exit,no+message|continue,message|continue,no+message)
    <datafromlms> -> #max255
    <location> -> #max2000
    <schema> -> #(ADL+SCORM)
    <schemaversion> -> #(1.2)
";

const LOM_12_TABLE: &str = "
    <lom> -> general? lifecycle? metametadata? technical? educational? rights? relation* annotation* classification*
    <general> -> mixed any* ~ identifier? title? catalogentry* language* description* keyword* coverage* structure? aggregationlevel? other*
    <lifecycle> -> mixed any* ~ version? status? contribute* other*
    <metametadata> -> mixed any* ~ identifier? catalogentry* contribute* metadatascheme* language? other*
    <technical> -> mixed any* ~ format* size? location* requirement* installationremarks? otherplatformrequirements? duration? other*
    <requirement> -> mixed any* ~ type? name? minimumversion? maximumversion? other*
    <educational> -> mixed any* ~ interactivitytype? learningresourcetype* interactivitylevel? semanticdensity? intendedenduserrole* context* typicalagerange* difficulty? typicallearningtime? description? language* other*
    <rights> -> mixed any* ~ cost? copyrightandotherrestrictions? description? other*
    <relation> -> mixed any* ~ kind? resource? other*
    <resource> -> mixed any* ~ identifier? description? catalogentry* other*
    <annotation> -> mixed any* ~ person? date? description? other*
    <classification> -> mixed any* ~ purpose? taxonpath* description? keyword* other*
    <catalogentry> -> mixed catalog entry any*
    <contribute> -> mixed role any* ~ role centity* date? other*
    <langstring> xml:lang=language -> #text
    <title> -> langstring+
    <description> -> langstring+
    <keyword> -> langstring+
    <coverage> -> langstring+
    <entry> -> langstring+
    <version> -> langstring+
    <typicalagerange> -> langstring+
    <installationremarks> -> langstring+
    <otherplatformrequirements> -> langstring+
    <source> -> langstring
    <value> -> langstring
    <structure> -> source value
    <aggregationlevel> -> source value
    <status> -> source value
    <role> -> source value
    <type> -> source value
    <name> -> source value
    <interactivitytype> -> source value
    <learningresourcetype> -> source value
    <interactivitylevel> -> source value
    <semanticdensity> -> source value
    <intendedenduserrole> -> source value
    <context> -> source value
    <difficulty> -> source value
    <cost> -> source value
    <copyrightandotherrestrictions> -> source value
    <kind> -> source value
    <purpose> -> source value
    <date> -> datetime? description?
    <duration> -> datetime? description?
    <typicallearningtime> -> datetime? description?
    <datetime> -> #text
    <centity> -> vcard
    <person> -> vcard
    <vcard> -> #text
    <taxonpath> -> source? taxon?
    <taxon> -> id? entry? taxon?
    <location> type=(URI|TEXT) -> #text
    <size> -> #int
    <catalog> -> #text
    <format> -> #text
    <id> -> #text
    <identifier> -> #text
    <language> -> #text
    <maximumversion> -> #text
    <metadatascheme> -> #text
    <minimumversion> -> #text
";

const CP_2004_TABLE: &str = "
    <manifest> identifier!=id version=text xml:base=text @* -> metadata? organizations resources manifest* other*
    <metadata> -> schema? schemaversion? other*
    <organizations> default=idref @* -> organization* other*
    <organization> identifier!=id structure=text @* -> title? item* metadata? other*
    <item> identifier!=id identifierref=text isvisible=bool parameters=text @* -> title? item* metadata? other*
    <resources> xml:base=text @* -> resource* other*
    <resource> identifier!=id type!=text href=text xml:base=text @* -> metadata? file* dependency* other*
    <file> href!=text @* -> metadata? other*
    <dependency> identifierref!=text @* -> other*
    <schema> -> #text
    <schemaversion> -> #text
    <title> -> #text
";

const CP_2004_4TH_TABLE: &str = "
    <metadata> @* -> schema? schemaversion? other*
    <organization> identifier!=id structure=text @* -> title? item+ metadata? other*
    <dependency> identifierref!=text @strict -> other*
";

const ADLCP_2004_TABLE: &str = "
    @scormType=(sco|asset)
    <location> -> #text
    <dataFromLMS> -> #text
    <timeLimitAction> -> #(exit,message|exit,no+message|continue,message|continue,no+message)
    <completionThreshold> -> #0..1
";

const ADLCP_2004_4TH_TABLE: &str = "
    @sharedDataGlobalToSystem=bool
    <completionThreshold> completedByMeasure=bool minProgressMeasure=0..1 progressWeight=0..1 -> #text
    <data> -> map+
    <map> targetID!=text readSharedData=bool writeSharedData=bool
";

const ADLSEQ_TABLE: &str = "
    @objectivesGlobalToSystem=bool
    <constrainedChoiceConsiderations> preventActivation=bool constrainChoice=bool
    <rollupConsiderations> requiredForSatisfied=~(always|ifAttempted|ifNotSkipped|ifNotSuspended) requiredForNotSatisfied=~(always|ifAttempted|ifNotSkipped|ifNotSuspended) requiredForCompleted=~(always|ifAttempted|ifNotSkipped|ifNotSuspended) requiredForIncomplete=~(always|ifAttempted|ifNotSkipped|ifNotSuspended) measureSatisfactionIfActive=bool
";

const ADLSEQ_4TH_TABLE: &str = "
    <objectives> -> objective+
    <objective> objectiveID!=text -> mapInfo+
    <mapInfo> targetObjectiveID!=text readRawScore=bool readMinScore=bool readMaxScore=bool readCompletionStatus=bool readProgressMeasure=bool writeRawScore=bool writeMinScore=bool writeMaxScore=bool writeCompletionStatus=bool writeProgressMeasure=bool
";

const ADLNAV_TABLE: &str = "
    <presentation> -> navigationInterface?
    <navigationInterface> -> hideLMSUI*
    <hideLMSUI> -> #~(previous|continue|exit|exitAll|abandon|abandonAll|suspendAll)
";

const IMSSS_TABLE: &str = "
    <sequencingCollection> -> sequencing+
    <sequencing> ID=id IDRef=idref -> controlMode? sequencingRules? limitConditions? auxiliaryResources? rollupRules? objectives? randomizationControls? deliveryControls? other*
    controlMode choice=bool choiceExit=bool flow=bool forwardOnly=bool useCurrentAttemptObjectiveInfo=bool useCurrentAttemptProgressInfo=bool
    sequencingRules -> preConditionRule* exitConditionRule* postConditionRule*
    preConditionRule -> ruleConditions? ruleAction>PreAction
    exitConditionRule -> ruleConditions? ruleAction>ExitAction
    postConditionRule -> ruleConditions? ruleAction>PostAction
    ruleConditions conditionCombination=~(all|any) -> ruleCondition+
    ruleCondition referencedObjective=text measureThreshold=-1..1 operator=~(not|noOp) condition!=~(satisfied|objectiveStatusKnown|objectiveMeasureKnown|objectiveMeasureGreaterThan|objectiveMeasureLessThan|completed|activityProgressKnown|attempted|attemptLimitExceeded|timeLimitExceeded|outsideAvailableTimeRange|always)
    PreAction action!=~(skip|disabled|hiddenFromChoice|stopForwardTraversal)
    ExitAction action!=~(exit)
    PostAction action!=~(exitParent|exitAll|retry|retryAll|continue|previous)
    limitConditions attemptLimit=count attemptAbsoluteDurationLimit=duration attemptExperiencedDurationLimit=duration activityAbsoluteDurationLimit=duration activityExperiencedDurationLimit=duration beginTimeLimit=datetime endTimeLimit=datetime
    auxiliaryResources -> auxiliaryResource*
    auxiliaryResource auxiliaryResourceID!=text purpose!=text
    rollupRules rollupObjectiveSatisfied=bool rollupProgressCompletion=bool objectiveMeasureWeight=0..1 -> rollupRule*
    rollupRule childActivitySet=~(all|any|none|atLeastCount|atLeastPercent) minimumCount=count minimumPercent=0..1 -> rollupConditions rollupAction
    rollupConditions conditionCombination=~(all|any) -> rollupCondition+
    rollupCondition operator=~(not|noOp) condition!=~(satisfied|objectiveStatusKnown|objectiveMeasureKnown|completed|activityProgressKnown|attempted|attemptLimitExceeded|timeLimitExceeded|outsideAvailableTimeRange)
    rollupAction action!=~(satisfied|notSatisfied|completed|incomplete)
    objectives -> primaryObjective objective*
    primaryObjective satisfiedByMeasure=bool objectiveID=text -> minNormalizedMeasure? mapInfo*
    objective satisfiedByMeasure=bool objectiveID!=text -> minNormalizedMeasure? mapInfo*
    minNormalizedMeasure -> #-1..1
    mapInfo targetObjectiveID!=text readSatisfiedStatus=bool readNormalizedMeasure=bool writeSatisfiedStatus=bool writeNormalizedMeasure=bool
    randomizationControls randomizationTiming=~(never|once|onEachNewAttempt) selectCount=count reorderChildren=bool selectionTiming=~(never|once|onEachNewAttempt)
    deliveryControls tracked=bool completionSetByContent=bool objectiveSetByContent=bool
";

const LOM_2004_TABLE: &str = "
    <lom> -> (general|lifeCycle|metaMetadata|technical|educational|rights|relation|annotation|classification)*
    general -> (identifier|title>Texts|language>LanguageOrNone|description>Texts|keyword>Texts|coverage>Texts|structure>Structure|aggregationLevel>Level4)*
    lifeCycle -> (version>Texts|status>Status|contribute>Contribute)*
    metaMetadata -> (identifier|contribute>ContributeToRecord|metadataSchema>Text|language>Language)*
    technical -> (format>Text|size>Size|location>Text|requirement|installationRemarks>Texts|otherPlatformRequirements>Texts|duration>Span)*
    requirement -> (orComposite)*
    orComposite -> (type>Technology|name>TechnologyName|minimumVersion>Text|maximumVersion>Text)*
    educational -> (interactivityType>Interactivity|learningResourceType>ResourceType|interactivityLevel>Degree|semanticDensity>Degree|intendedEndUserRole>UserRole|context>Context|typicalAgeRange>Texts|difficulty>Difficulty|typicalLearningTime>Span|description>Texts|language>Language)*
    rights -> (cost>YesOrNo|copyrightAndOtherRestrictions>YesOrNo|description>Texts)*
    relation -> (kind>RelationKind|resource)*
    resource -> (identifier|description>Texts)*
    annotation -> (entity>Text|date>Moment|description>Texts)*
    classification -> (purpose>Purpose|taxonPath|description>Texts|keyword>Texts)*
    taxonPath -> (source>Texts|taxon)*
    taxon -> (id>Text|entry>Texts)*
    identifier -> (catalog>Text|entry>Text)*
    Contribute -> (role>Role|entity>Text|date>Moment)*
    ContributeToRecord -> (role>RoleForRecord|entity>Text|date>Moment)*
    Moment -> (dateTime>DateTime|description>Texts)*
    Span -> (duration>Duration|description>Texts)*
    Texts -> string*
    string language=tag -> #text
    Text -> #text
    Language -> #tag
    LanguageOrNone -> #tag-or-none
    Size -> #digits
    DateTime -> #lom-date
    Duration -> #lom-duration
    Source -> #(LOMv1.0)
    Structure -> (source>Source|value>StructureWord)*
    StructureWord -> #(atomic|collection|networked|hierarchical|linear)
    Level4 -> (source>Source|value>Level4Word)*
    Level4Word -> #(1|2|3|4)
    Status -> (source>Source|value>StatusWord)*
    StatusWord -> #(draft|final|revised|unavailable)
    Role -> (source>Source|value>RoleWord)*
    RoleWord -> #(author|publisher|unknown|initiator|terminator|validator|editor|graphical+designer|technical+implementer|content+provider|technical+validator|educational+validator|script+writer|instructional+designer|subject+matter+expert)
    RoleForRecord -> (source>Source|value>RoleForRecordWord)*
    RoleForRecordWord -> #(creator|validator)
    Technology -> (source>Source|value>TechnologyWord)*
    TechnologyWord -> #(operating+system|browser)
    TechnologyName -> (source>Source|value>TechnologyNameWord)*
    TechnologyNameWord -> #(pc-dos|ms-windows|macos|unix|multi-os|none|any|netscape+communicator|ms-internet+explorer|opera|amaya)
    Interactivity -> (source>Source|value>InteractivityWord)*
    InteractivityWord -> #(active|expositive|mixed)
    ResourceType -> (source>Source|value>ResourceTypeWord)*
    ResourceTypeWord -> #(exercise|simulation|questionnaire|diagram|figure|graph|index|slide|table|narrative+text|exam|experiment|problem+statement|self+assessment|lecture)
    Degree -> (source>Source|value>DegreeWord)*
    DegreeWord -> #(very+low|low|medium|high|very+high)
    UserRole -> (source>Source|value>UserRoleWord)*
    UserRoleWord -> #(teacher|author|learner|manager)
    Context -> (source>Source|value>ContextWord)*
    ContextWord -> #(school|higher+education|training|other)
    Difficulty -> (source>Source|value>DifficultyWord)*
    DifficultyWord -> #(very+easy|easy|medium|difficult|very+difficult)
    YesOrNo -> (source>Source|value>YesOrNoWord)*
    YesOrNoWord -> #(yes|no)
    RelationKind -> (source>Source|value>RelationKindWord)*
    RelationKindWord -> #(ispartof|haspart|isversionof|hasversion|isformatof|hasformat|references|isreferencedby|isbasedon|isbasisfor|requires|isrequiredby)
    Purpose -> (source>Source|value>PurposeWord)*
    PurposeWord -> #(discipline|idea|prerequisite|educational+objective|accessibility+restrictions|educational+level|skill+level|security+level|competency)
";

const CMI5_TABLE: &str = "
    <courseStructure> @* -> course objectives>Declarations? (block|au)+ other*
    course id!=text @* -> title>Words description>Words other*
    block id!=text @* -> title>Words description>Words objectives>References? (block|au)+ other*
    au id!=text activityType=text launchMethod=(AnyWindow|OwnWindow) masteryScore=0..1 moveOn=(Passed|Completed|CompletedAndPassed|CompletedOrPassed|NotApplicable) @* -> title>Words description>Words objectives>References? url>Address launchParameters>Anything? entitlementKey>Anything? other*
    Declarations @* -> objective>Declaration+ other*
    Declaration id!=text -> (title>Words description>Words|description>Words title>Words)
    References @* -> objective>Reference+ other*
    Reference idref=text
    Words @* -> langstring+ other*
    langstring lang=language @* -> #text
    Address -> #full
    Anything @any -> mixed any*
";

const TINCAN_TABLE: &str = "
    <tincan> @* -> activities other*
    activities @* -> activity+ other*
    activity id!=full type!=full @* -> name>Text+ description>Text* launch>Address* resource>Address* (interactionType correctResponsePatterns? (choices>Components|scale>Components|steps>Components|source>Components target>Components)? )? extensions>Anything? other*
    Text lang=language -> #full
    Address lang=language -> #full
    interactionType -> #~(true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|likert|numeric|other)
    correctResponsePatterns -> correctResponsePattern+
    correctResponsePattern -> #text
    Components -> component+
    component -> id>ComponentId description>Text+
    ComponentId -> #solid
    Anything @any -> mixed any*
";

const XML_12_TABLE: &str = "
    @lang=language
    @base=text
    @link=text
";
const XML_2004_TABLE: &str = "
    @lang=language
    @base=text
    @space=~(default|preserve)
";

static SCORM_12: LazyLock<Grammar> = LazyLock::new(|| {
    use Openness::Strict;
    Grammar::new(&[
        (CP_12, Strict, &[CP_12_TABLE]),
        (ADLCP_12, Strict, &[ADLCP_12_TABLE]),
        (LOM_12, Strict, &[LOM_12_TABLE]),
        (XML, Strict, &[XML_12_TABLE]),
    ])
});

static SCORM_2004_3RD: LazyLock<Grammar> = LazyLock::new(|| {
    use Openness::Strict;
    Grammar::new(&[
        (CP_2004, Strict, &[CP_2004_TABLE]),
        (ADLCP_2004, Strict, &[ADLCP_2004_TABLE]),
        (ADLSEQ, Strict, &[ADLSEQ_TABLE]),
        (ADLNAV, Strict, &[ADLNAV_TABLE]),
        (IMSSS, Strict, &[IMSSS_TABLE]),
        (LOM_2004, Strict, &[LOM_2004_TABLE]),
        (XML, Strict, &[XML_2004_TABLE]),
    ])
});

static SCORM_2004_4TH: LazyLock<Grammar> = LazyLock::new(|| {
    use Openness::{Lax, Strict};
    Grammar::new(&[
        (CP_2004, Lax, &[CP_2004_TABLE, CP_2004_4TH_TABLE]),
        (ADLCP_2004, Strict, &[ADLCP_2004_TABLE, ADLCP_2004_4TH_TABLE]),
        (ADLSEQ, Strict, &[ADLSEQ_TABLE, ADLSEQ_4TH_TABLE]),
        (ADLNAV, Strict, &[ADLNAV_TABLE]),
        (IMSSS, Strict, &[IMSSS_TABLE]),
        (LOM_2004, Strict, &[LOM_2004_TABLE]),
        (XML, Strict, &[XML_2004_TABLE]),
    ])
});

static OF_CMI5: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&[(CMI5, Openness::Lax, &[CMI5_TABLE]), (XML, Openness::Lax, &[XML_2004_TABLE])]));

static OF_TINCAN: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(TINCAN, Openness::Lax, &[TINCAN_TABLE]), (XML, Openness::Lax, &[XML_2004_TABLE])])
});

/// The grammar of SCORM 1.2.
pub(super) fn scorm12() -> &'static Grammar {
    &SCORM_12
}

/// The grammar of SCORM 2004 up to the 3rd edition, which takes nothing that its schemas do not declare.
pub(super) fn scorm2004_3rd() -> &'static Grammar {
    &SCORM_2004_3RD
}

/// The grammar of SCORM 2004 4th Edition.
pub(super) fn scorm2004_4th() -> &'static Grammar {
    &SCORM_2004_4TH
}

/// The grammar of cmi5.
pub(super) fn cmi5() -> &'static Grammar {
    &OF_CMI5
}

/// The grammar of Tin Can: what importers have in common, for no schema travels with packages.
pub(super) fn tincan() -> &'static Grammar {
    &OF_TINCAN
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_kind_that_a_table_names_is_in_it() {
        let all = [super::scorm12(), super::scorm2004_3rd(), super::scorm2004_4th(), super::cmi5(), super::tincan()];
        for grammar in all {
            assert_eq!(grammar.undefined(), Vec::<&str>::new());
        }
    }
}

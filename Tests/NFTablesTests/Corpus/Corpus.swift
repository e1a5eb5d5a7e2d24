import NFTables

/// Rulesets that together use every construct the module can write.
enum Corpus {
    static let cases: [RulesetCase] =
        tables + chains + matches + comparisons + statements + translations + sets + maps
        + dynamicSets + otherForms
}

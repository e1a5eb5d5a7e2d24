import Testing

@Suite("The corpus")
struct CoverageTests {
    @Test("every construct that can be written has a case")
    func complete() {
        let covered = Corpus.cases.reduce(into: Set<String>()) {
            $0.formUnion(Constructs($1).names)
        }
        #expect(Constructs.all.subtracting(covered).sorted() == [], "constructs without a case")
        #expect(covered.subtracting(Constructs.all).sorted() == [], "names that nobody listed")
    }
}

@testable import Bench

/// Runs a suite, and keeps all that it tells.
func results(of suite: some Bench.Suite) throws -> Results {
    var results = Results(Facts())
    var suite = suite
    try suite.run(
        Observer { event in
            switch event {
            case .measured(let measurements, let ratios):
                results.measurements += measurements
                results.ratios += ratios
            case .note(let note): results.notes.append(note)
            case .round, .step: break
            }
        })
    return results
}

/// A program that may fail: what others do beside it is still worth its time.
final class Attempt: Subject {
    private var subject: any Subject
    /// Why its figures are none.
    private(set) var failure: BenchError?

    init(_ subject: any Subject) { self.subject = subject }

    var identity: Identity { subject.identity }

    func measure() throws -> Round {
        if failure != nil { return Round() }
        do {
            return try subject.measure()
        } catch let error as BenchError where error.code == .program {
            failure = error
            return Round()
        }
    }
}

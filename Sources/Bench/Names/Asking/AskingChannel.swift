import Network
import Platform

/// One socket that questions are asked through.
protocol AskingChannel: AnyObject {
    init(to target: AddressAndPort) throws(PlatformError)

    /// Lets the thread wait for answers.
    func watch(in list: inout ReadinessList)

    /// Puts a question among those that are sent next.
    func add(_ question: Int, of questions: QuestionSet, id: UInt16) throws(PlatformError)

    /// Sends what was added, if anything was.
    func flush() throws(PlatformError)

    /// Shows all answers that have come, with the time at which they were there.
    func receive(_ body: (Span<UInt8>, MonotonicTime) -> Void) throws(PlatformError)
}

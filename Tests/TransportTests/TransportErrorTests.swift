import Testing

@testable import Transport

@Suite("Transport errors")
struct TransportErrorTests {
    @Test func `what was tried comes before the reason`() {
        let error = TransportError(.timedOut, "connect to 127.0.0.1:1", "no answer in 5 s")
        #expect("\(error)" == "connect to 127.0.0.1:1: no answer in 5 s")
    }
}

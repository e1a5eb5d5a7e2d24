import Platform
import TestSupport
import Testing

@testable import Support

@Suite("A status loop on a Unix socket")
struct StatusPathTests {
    @Test func `a program on the machine gets the body of an answer`() throws {
        try withTemporaryDirectory { directory in
            let loop = try StatusLoop()
            let path = "\(directory)/socket"
            let text = String(repeating: "much ", count: 100_000)
            let listener = try loop.listen(onPath: path) { head in
                head.path == "/much" ? Response(text) : Response(.notFound)
            }
            defer { withExtendedLifetime(listener) {} }
            let body = try StatusClient.get("/much", from: path)
            #expect(String(decoding: body, as: UTF8.self) == text)
            let error = #expect(throws: PlatformError.self) {
                try StatusClient.get("/else", from: path)
            }
            #expect(error?.code == .protocol)
        }
    }

    @Test func `what one left behind that was killed is replaced, and one that lives is not`()
        throws
    {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            do { _ = try ListeningSocket(.unix(.path(path))) }
            #expect(try File.status(path) != nil)
            let loop = try StatusLoop()
            var listener: StatusPath? = try loop.listen(onPath: path) { _ in Response("first") }
            let error = #expect(throws: PlatformError.self) {
                try loop.listen(onPath: path) { _ in Response("second") }
            }
            #expect(error?.code == .addressInUse)
            #expect(try StatusClient.get("/", from: path) == Array("first".utf8))
            #expect(listener != nil)
            listener = nil
            #expect(try File.status(path) == nil)
        }
    }

    @Test func `who says nothing is not waited for without end`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/socket"
            let silent = try ListeningSocket(.unix(.path(path)))
            let error = #expect(throws: PlatformError.self) {
                try StatusClient.get("/", from: path, within: .milliseconds(50))
            }
            #expect(error?.code == .timedOut)
            _ = try silent.accept()
        }
    }
}

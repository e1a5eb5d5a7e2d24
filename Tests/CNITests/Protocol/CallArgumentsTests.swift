import Testing

@testable import CNI

@Suite("CNI_ARGS")
struct CallArgumentsTests {
    @Test("C16, C44: known keys are read, and the pod is named")
    func known() throws {
        let arguments = try CallArguments("IP=10.1.0.9;K8S_POD_NAMESPACE=a;K8S_POD_NAME=b;MAC=")
        #expect(arguments["IP"] == "10.1.0.9")
        #expect(arguments["MAC"] == nil)
        #expect(arguments.pod == "a/b")
        #expect(try CallArguments("").pod == nil)
    }

    @Test("C16: unknown keys need IgnoreUnknown", arguments: ["1", "true", "TRUE", "True"])
    func unknown(word: String) throws {
        #expect(try CallArguments("COLOUR=red;IgnoreUnknown=\(word)")["COLOUR"] == "red")
        let error = #expect(throws: CNIError.self) {
            try CallArguments("COLOUR=red;SHAPE=round;IgnoreUnknown=0")
        }
        #expect(error?.code == .invalidEnvironment)
        #expect(error?.details.contains("COLOUR, SHAPE") == true)
    }

    @Test("C16: a pair has exactly one equals sign", arguments: ["IP", "IP=a=b", "IP=1;x"])
    func malformed(text: String) {
        #expect(throws: CNIError.self) { try CallArguments(text) }
    }

    @Test("C16: IgnoreUnknown is a boolean")
    func notBoolean() {
        #expect(throws: CNIError.self) { try CallArguments("IgnoreUnknown=maybe") }
    }
}

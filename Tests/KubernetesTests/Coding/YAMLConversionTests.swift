import JSON
import Kubernetes
import Platform
import Testing
import YAML

@Suite struct `JSON and YAML` {
    /// What a real API server answered.
    private static let answers = [
        "list-endpointslices", "list-namespaces", "list-networkpolicies", "list-nodes", "list-pods",
        "list-services", "error-403",
    ]

    private func json(_ name: String) throws -> [UInt8] {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return try File.read("/\(tests)/Fixtures/kube-api-1.36/\(name).json.body")
    }

    @Test(arguments: answers)
    func `what the API server sends is the same value when read as YAML`(name: String) throws {
        let bytes = try json(name)
        let value = try JSONValue(document: bytes.span)
        #expect(try self.value(of: YAMLStream(bytes.span)) == value)
    }

    @Test(arguments: answers)
    func `it is the same value when written as YAML and read again`(name: String) throws {
        let bytes = try json(name)
        let value = try JSONValue(document: bytes.span)
        var writer = YAMLWriter()
        writer.write(value)
        #expect(try self.value(of: YAMLStream(writer.text.utf8.span)) == value)
    }

    /// The value of the only document.
    private func value(of stream: YAMLStream) throws -> JSONValue {
        try #require(stream.documents.count == 1)
        let document = try stream.documents[0].get()
        return JSONValue(document.root)
    }
}

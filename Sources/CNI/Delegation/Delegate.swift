import JSON
import Platform

/// A plugin of another suite, which is a program of its own (C32).
struct Delegate: Sendable {
    /// Its name, which is the name of its file too.
    let name: String
    private let path: String
    /// How long to wait before a file that is being written is tried again.
    private let pause: Duration

    /// A program that somebody installs right now is busy for a moment (C57); libcni tries as
    /// often, a second apart.
    private static let attempts = 6

    init(
        _ name: String, in searchPath: [String], pause: Duration = .seconds(1)
    ) throws(CNIError) {
        self.name = name
        self.pause = pause
        path = try Self.find(name, in: searchPath)
    }

    private static func find(_ name: String, in searchPath: [String]) throws(CNIError) -> String {
        guard !name.contains("/"), name != ".", name != ".." else {
            throw CNIError(
                .invalidConfiguration, "\"\(name)\" is not the name of a plugin",
                details: "a plugin is named by its file in CNI_PATH, without directories")
        }
        guard !searchPath.isEmpty else {
            throw CNIError(
                .invalidEnvironment, "required environment variables are missing",
                details: "CNI_PATH must say where the plugin \(name) is")
        }
        for directory in searchPath {
            let path = "\(directory)/\(name)"
            if let status = try? File.status(path), status.kind == .file { return path }
        }
        throw CNIError(
            .delegateFailed, "the plugin \(name) is not installed",
            details: "no such file in CNI_PATH: \(searchPath.joined(separator: ", "))")
    }
}

extension Delegate {
    /// Runs the plugin with this process's variables and the whole configuration; nil is the
    /// answer of a command that has none.
    @discardableResult
    func call(
        _ command: ProtocolCommand, _ network: NetworkConfiguration
    ) throws(CNIError) -> JSONValue? {
        let outcome = try run(command, network.text)
        if !outcome.errors.isEmpty {
            try? StandardStream.error.write(String(decoding: outcome.errors, as: UTF8.self))
        }
        guard outcome.status.isSuccess else { throw failure(outcome) }
        guard !isBlank(outcome.output) else { return nil }
        do throws(CNIError) {
            return try JSONValue(parsing: outcome.output.span)
        } catch {
            throw CNIError(
                .delegateFailed, "the plugin \(name) did not answer with JSON",
                details: error.details)
        }
    }

    private func run(
        _ command: ProtocolCommand, _ text: [UInt8]
    ) throws(CNIError) -> Program.Outcome {
        let variables = Environment.all.filter { !$0.hasPrefix("CNI_COMMAND=") }
        let program = Program(
            path, environment: variables + ["CNI_COMMAND=\(command.rawValue)"], input: text)
        var attempt = 1
        while true {
            do throws(PlatformError) {
                return try program.run()
            } catch {
                guard error.code == .textFileBusy, attempt < Self.attempts else {
                    throw CNIError(
                        .delegateFailed, "the plugin \(name) could not be run", details: "\(error)")
                }
            }
            attempt += 1
            sleep(for: pause)
        }
    }

    /// The error document that the plugin wrote, or what can be said without one (C9).
    private func failure(_ outcome: Program.Outcome) -> CNIError {
        let document = try? JSONValue(parsing: outcome.output.span)
        if let object = document?.object, let code = object[anyCase: "code"]?.integer, code > 0 {
            return CNIError(
                CNIError.Code(rawValue: UInt(code)),
                "\(name): \(object[anyCase: "msg"]?.string ?? "failed without a message")",
                details: object[anyCase: "details"]?.string ?? "")
        }
        let words = outcome.output.isEmpty ? outcome.errors : outcome.output
        return CNIError(
            .delegateFailed, "the plugin \(name) failed without an error document",
            details: "\(outcome.status): \(String(decoding: words.prefix(500), as: UTF8.self))")
    }

    private func isBlank(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}

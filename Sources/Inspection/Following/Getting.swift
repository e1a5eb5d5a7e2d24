import JSON
import Kubernetes
package import Platform

/// `weft get`: prints objects, and goes on to print those that change.
package struct Getting: ~Copyable {
    private let request: GetRequest
    private let screen: Screen
    private var table: Table
    private var hasPrinted = false

    package init(_ request: GetRequest, on screen: Screen) {
        self.request = request
        self.screen = screen
        table = Table(
            request.view.columns(isWide: request.isWide), isWide: request.isWide,
            showsNamespace: request.namespace == nil && request.view.isNamespaced)
    }
}

extension GetRequest {
    var isWide: Bool { format == .table(isWide: true) }
}

extension Getting {
    /// Prints until all is said, or a signal comes.
    package mutating func run(
        _ follower: inout Follower, patience: Duration
    ) throws -> ExitCode {
        do {
            let look = try follower.waitForSync(within: patience)
            try printAll(of: look.snapshot)
            return request.follows ? try follow(&follower) : .success
        } catch let error as PlatformError where error.code == .brokenPipe {
            // Whoever read has enough.
            return .success
        } catch let error as InspectionError where error.code == .interrupted && request.follows {
            return .success
        }
    }

    private mutating func printAll(of snapshot: Snapshot) throws {
        let items = request.view.items(of: snapshot, isWide: request.isWide, at: .now)
            .filter(request.takes)
        try checkNames(items)
        if items.isEmpty, case .table = request.format {
            if !request.follows { try screen.error(nothing) }
            return
        }
        try print(items)
    }

    private func checkNames(_ items: [Item]) throws(InspectionError) {
        let missing = request.names.filter { name in !items.contains { $0.key.name == name } }
        // A name that is waited for may come.
        if missing.isEmpty || request.follows { return }
        let names = missing.map { "\"\($0)\"" }.joined(separator: ", ")
        let place = request.namespace.map { " in namespace \($0)" } ?? ""
        throw InspectionError(.notFound, "\(request.view.rawValue) \(names) not found\(place)")
    }

    private var nothing: String {
        let place = request.namespace.map { " in namespace \($0)" } ?? ""
        return "no \(request.view.rawValue) found\(place)\n"
    }

    private mutating func follow(_ follower: inout Follower) throws -> ExitCode {
        while true {
            if case .signal = try follower.wait() { return .success }
            for report in follower.takeReports() where report.level != .info {
                try screen.error("\(report.level): \(report.text)\n")
            }
            let changes = request.view.changes(
                in: follower.look(), isWide: request.isWide, at: .now)
            for change in changes where request.takes(change.item) { try print([change.item]) }
        }
    }
}

extension Getting {
    private mutating func print(_ items: [Item]) throws {
        switch request.format {
        case .table: try screen.output(table.text(items))
        case .names: try screen.output(items.map { "\($0.name)\n" }.joined())
        case .json:
            for document in try documents(items) {
                try screen.output(document.indentedText + "\n")
            }
        case .yaml:
            for document in try documents(items) {
                try screen.output((hasPrinted ? "---\n" : "") + document.yaml)
                hasPrinted = true
            }
        }
    }

    /// One that was asked for by name or has changed stands alone, all others in a list.
    private func documents(_ items: [Item]) throws(ObjectError) -> [JSONValue] {
        var documents: [JSONValue] = []
        for item in items { documents += try item.documents() }
        if request.follows { return documents.map(\.sorted) }
        let isOne = request.names.count == 1 && documents.count == 1
        return [isOne ? documents[0].sorted : JSONValue.list(of: documents).sorted]
    }
}

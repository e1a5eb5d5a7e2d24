import Platform
import Transport

extension Reflector {
    /// Does what the machine wants; returns what it is to be told in answer.
    func perform(
        _ action: ListWatchAction, _ context: inout ReflectorContext
    ) -> ListWatchInput? {
        switch action {
        case .request(let request): return start(request, &context)
        case .requestCheck(let request): return startCheck(request, &context)
        case .cancel: cancel(&answer, context)
        case .abandon: abandon(&context)
        case .cancelCheck: cancel(&check, context)
        case .beginReplacement: replacement = context.writer.beginReplacement(of: Object.self)
        case .commitReplacement: commit(&context)
        case .dropReplacement: replacement = nil
        case .stage: if let object { replacement?.stage(object) }
        case .unstage: if let key { replacement?.unstage(key) }
        case .keep(let key): replacement?.keep(key)
        case .keepTheRest: replacement?.keepTheRest()
        case .put: if let object { context.writer.put(object) }
        case .delete: if let key { context.writer.delete(Object.self, key) }
        case .compare(let count, let tolerance):
            let held = context.writer.count(of: Object.self)
            return .compared(isEqual: abs(held - count) <= tolerance)
        case .reloadCredentials: reload(&context)
        case .report(let report): context.report(report)
        }
        return nil
    }

    private func start(
        _ request: ListWatchRequest, _ context: inout ReflectorContext
    ) -> ListWatchInput? {
        do {
            let id = try context.connection.start(request)
            answer = Answer(id: id, request: request, begin: context.now)
            return nil
        } catch {
            return .failed(RequestFailure(error))
        }
    }

    private func startCheck(
        _ request: ListWatchRequest, _ context: inout ReflectorContext
    ) -> ListWatchInput? {
        guard let id = try? context.connection.start(request) else { return .checkFailed }
        check = Answer(id: id, request: request, begin: context.now)
        return nil
    }

    private func cancel(_ answer: inout Answer?, _ context: borrowing ReflectorContext) {
        if let id = answer.take()?.id { context.connection.cancel(id) }
    }

    private func abandon(_ context: inout ReflectorContext) {
        cancel(&answer, context)
        do { try context.connection.renew() } catch {
            context.report(Report(.error, "\(error)"))
        }
    }

    private func commit(_ context: inout ReflectorContext) {
        if let replacement = replacement.take() { context.writer.commit(replacement) }
    }

    private func reload(_ context: inout ReflectorContext) {
        do { try context.connection.reload() } catch {
            context.report(Report(.error, "\(error)"))
        }
    }
}

extension RequestFailure {
    /// Why a request failed or could not be begun.
    init(_ error: any Error) {
        guard let error = error as? TransportError else {
            self = .connect("\(error)")
            return
        }
        self =
            switch error.code {
            case .timedOut: .timeout
            case .notTrusted: .tls("\(error)")
            case .interrupted, .badAnswer: .interrupted("\(error)")
            default: .connect("\(error)")
            }
    }
}

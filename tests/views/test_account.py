"""Pages of accounts: one's own, and those that an administrator looks after."""

import hashlib
import io
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.event import Event, Subject
from models.password import verify_password
from models.unit import Unit, UnitKind
from tests.support.client import PageClient, posting_forms
from tests.support.clock import FrozenClock
from tests.support.factories import PASSWORD, make_account, make_department, make_unit
from tests.support.pages import Page, text_of
from tests.support.paper import Paper

HEADS = "username;full_name;role;unit_code;position;email"
NEW_PASSWORD = "Một câu dễ nhớ"


@pytest.fixture
def department(db_session: Session) -> Unit:
    """The Department and a school with the code A."""
    department = make_department(db_session)
    make_unit(db_session, UnitKind.UPPER_SECONDARY, code="A", name="Trường THPT Hạ Long (minh họa)", parent=department)
    return department


@pytest.fixture
def admin(client: PageClient, db_session: Session, department: Unit) -> Account:
    """The administrator, signed in."""
    account = make_account(db_session, Role.ADMINISTRATOR, department, username="admin")
    client.sign_in(account)
    return account


@pytest.fixture
def officer(db_session: Session, department: Unit) -> Account:
    """An officer of the school."""
    school = db_session.scalars(select(Unit).where(Unit.code == "A")).one()
    return make_account(db_session, Role.OFFICER, school, username="truong.a")


def place(page: Page, name: str) -> int:
    """The place, among the posting forms of a page, of the one with a field of this name."""
    return next(number for number, form in enumerate(posting_forms(page))
                if name in {field.attrib.get("name") for field in form.iter() if field.tag in ("input", "select")})


def words(page: Page) -> str:
    """What stands in the page's main part."""
    return text_of(page.all("main")[0])


def codes(page: Page) -> list[str]:
    """The passwords on a page of slips."""
    return [text_of(element) for element in page.all("code")]


def account(session: Session, username: str) -> Account:
    """The account of this name."""
    return session.scalars(select(Account).where(Account.username == username)).one()


def send_file(client: PageClient, *rows: str, status: int = 303, data: bytes | None = None) -> str:
    """Upload a file of accounts."""
    token = client.fields("/accounts/load", place(client.page("/accounts/load"), "file"))["csrf_token"]
    content = "\n".join([HEADS, *rows]).encode() if data is None else data
    answer = client.post("/accounts/load", content_type="multipart/form-data", data={
        "csrf_token": token, "file": (io.BytesIO(content), "tài khoản.csv")})
    answer.request.environ["wsgi.input"].close()  # a large one lies in a file that the test client forgets
    assert answer.status_code == status
    return answer.text


def apply_file(client: PageClient, act: str = "apply") -> str:
    """Press a button under the preview; where it leads."""
    return client.submit("/accounts/load", "/accounts/load/apply", act=act).location


class TestOwn:
    def test_the_own_page_says_who_is_signed_in(self, client: PageClient, officer: Account) -> None:
        client.sign_in(officer)
        shown = words(client.page("/account"))
        assert "Cán bộ đơn vị (minh họa)" in shown and "Trường THPT Hạ Long (minh họa)" in shown and "truong.a" in shown

    def test_a_theme_is_kept_for_the_person(
        self, client: PageClient, officer: Account, db_session: Session
    ) -> None:
        client.sign_in(officer)
        client.submit("/account", "/theme", theme="dark")
        assert client.page("/account").root.attrib["data-theme"] == "dark"
        client.submit("/account", "/theme", theme="purple")
        assert officer.theme == "dark"

    def test_a_new_password_ends_other_sessions_and_keeps_this_one(
        self, client: PageClient, officer: Account, db_session: Session
    ) -> None:
        client.sign_in(officer)
        version = officer.session_version
        answer = client.submit("/account/password", place(client.page("/account/password"), "again"),
                               current=PASSWORD, password=NEW_PASSWORD, again=NEW_PASSWORD)
        assert answer.location == "/account"
        assert officer.session_version == version + 1
        assert verify_password(officer.password_hash, NEW_PASSWORD)
        client.page("/account")
        with client.session_transaction() as session:
            session["session_version"] = version
        assert client.get("/account").status_code == 303

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"current": "sai"}, "Mật khẩu hiện tại chưa đúng"),
            ({"current": ""}, "Nhập mật khẩu hiện tại"),
            ({"password": ""}, "Nhập mật khẩu mới"),
            ({"password": "ngắn", "again": "ngắn"}, "hiện có 4"),
            ({"password": "x" * 201, "again": "x" * 201}, "nhiều nhất 200"),
            ({"password": "TRUONG.A", "again": "TRUONG.A"}, "khác tên đăng nhập"),
            ({"password": PASSWORD, "again": PASSWORD}, "khác mật khẩu đang dùng"),
            ({"password": "aaaaaaaaaa", "again": "aaaaaaaaaa"}, "4 ký tự khác nhau"),
            ({"again": "khác hẳn"}, "Hai lần nhập chưa giống nhau"),
            ({"again": ""}, "Nhập lại mật khẩu mới"),
        ],
    )
    def test_a_password_that_cannot_be_used_says_why_and_changes_nothing(
        self, client: PageClient, officer: Account, typed: dict[str, str], message: str
    ) -> None:
        client.sign_in(officer)
        before = officer.password_hash
        answer = client.submit("/account/password", place(client.page("/account/password"), "again"), status=422,
                               **{"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD, **typed})
        assert message in answer.text
        assert officer.password_hash == before

    def test_a_one_time_password_is_changed_without_typing_it_again_and_opens_the_portal(
        self, client: PageClient, officer: Account
    ) -> None:
        officer.must_change_password = True
        client.sign_in(officer)
        page = client.page("/account/password")
        assert "chỉ dùng được một lần" in words(page)
        answer = client.submit("/account/password", place(page, "again"), password=NEW_PASSWORD, again=NEW_PASSWORD)
        assert answer.location == "/"
        assert not officer.must_change_password
        client.page("/account")

    def test_signing_out_everywhere_keeps_this_session_alone(
        self, client: PageClient, officer: Account
    ) -> None:
        client.sign_in(officer)
        version = officer.session_version
        client.submit("/account", "/sign-out-everywhere")
        assert officer.session_version == version + 1
        client.page("/account")
        with client.session_transaction() as session:
            session["session_version"] = version
        assert client.get("/account").status_code == 303


class TestList:
    def test_search_finds_without_marks_by_person_name_and_unit(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        for search in ("ha long", "HẠ LONG", "can bo don vi", "truong.a"):
            shown = words(client.page("/accounts", query_string={"q": search}))
            assert "truong.a" in shown and "Quản trị hệ thống (minh họa)" not in shown, search
        assert "Không có tài khoản nào khớp" in words(client.page("/accounts?q=khong co ai"))

    def test_filters_by_role_and_state_count_what_they_would_show(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        officer.must_change_password = True
        assert "truong.a" in words(client.page("/accounts?state=waiting"))
        assert "truong.a" not in words(client.page("/accounts?state=active"))
        assert "1 tài khoản" in words(client.page("/accounts?role=officer"))
        client.page("/accounts?role=khong-co&state=x&page=-3")

    def test_a_long_list_has_pages_and_as_few_queries(
        self, client: PageClient, admin: Account, db_session: Session, department: Unit
    ) -> None:
        for _number in range(60):
            make_account(db_session, Role.OFFICE, department)
        first, second = client.page("/accounts"), client.page("/accounts?page=2")
        assert len(first.all("tr")) == 51 and len(second.all("tr")) == 12
        assert len(client.statements) <= 6

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.DISTRICT)])
    def test_nobody_but_administrators_and_district_offices_looks_after_accounts(
        self, client: PageClient, db_session: Session, department: Unit, admin: Account, role: Role
    ) -> None:
        client.sign_in(make_account(db_session, role, department))
        for path in ("/accounts", "/accounts/new", f"/accounts/{admin.id}", "/accounts/load", "/accounts/slips/x"):
            assert client.get(path).status_code == 403, path


class TestOne:
    def new(self, client: PageClient, status: int = 303, **typed: str) -> str:
        """Make an account; where it leads, or the page."""
        page = client.page("/accounts/new")
        answer = client.submit("/accounts/new", place(page, "username"), status=status, **{
            "username": "b.b", "full_name": "Người B (minh họa)", "role": "officer", "unit": "A", **typed})
        return answer.location or answer.text

    def test_a_new_account_shows_its_one_time_password_on_the_next_page(
        self, client: PageClient, admin: Account, db_session: Session
    ) -> None:
        page = client.page(self.new(client))
        made = account(db_session, "b.b")
        assert made.must_change_password and made.role is Role.OFFICER
        assert verify_password(made.password_hash, codes(page)[0])
        told = db_session.scalars(select(Event).where(Event.subject_id == made.id)).one()
        assert (told.subject_kind, told.action, told.actor) == (Subject.ACCOUNT, "create_account", admin.full_name)

    def test_the_button_pressed_twice_makes_one_account(
        self, client: PageClient, admin: Account, db_session: Session
    ) -> None:
        page = client.page("/accounts/new")
        data = {**client.fields("/accounts/new", place(page, "username")), "username": "b.b",
                "full_name": "Người B (minh họa)", "role": "officer", "unit": "A"}
        first, second = (client.post("/accounts/new", data=data) for _number in range(2))
        assert first.location == second.location and first.status_code == second.status_code == 303
        assert db_session.scalar(select(func.count()).select_from(Account)) == 2

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"username": ""}, "Nhập tên đăng nhập"), ({"username": "có dấu"}, "chữ không dấu"),
            ({"username": "ADMIN"}, "đã có người dùng"), ({"full_name": " "}, "Nhập họ và tên"),
            ({"role": ""}, "Chọn một vai trò"), ({"role": "office"}, "Vai trò này không có ở"),
            ({"role": "boss"}, "có trong danh sách"), ({"unit": ""}, "Chọn đơn vị"),
            ({"unit": "KHÔNG"}, "có trong danh sách"), ({"email": "không phải thư"}, "Nhập địa chỉ như"),
            ({"full_name": "x" * 101}, "tối đa 100"), ({"username": "x" * 61}, "tối đa 60"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, client: PageClient, admin: Account, db_session: Session, typed: dict[str, str], message: str
    ) -> None:
        text = self.new(client, status=422, **typed)
        assert message in text
        assert 'value="Người B (minh họa)"' in text or "full_name" in typed
        assert db_session.scalar(select(func.count()).select_from(Account)) == 1
        again = client.get("/accounts/new").text
        assert 'value="Người B (minh họa)"' in again or "full_name" in typed

    def test_one_time_passwords_are_shown_to_their_maker_for_a_quarter_of_an_hour(
        self, client: PageClient, admin: Account, db_session: Session, department: Unit, clock: FrozenClock
    ) -> None:
        path = self.new(client)
        assert codes(client.page(path)) == codes(client.page(path))
        client.sign_in(make_account(db_session, Role.ADMINISTRATOR, department))
        client.page(path, status=404)
        client.sign_in(admin)
        clock.move(minutes=16)
        client.page(path, status=404)

    def test_a_one_time_password_that_was_used_is_shown_no_more(
        self, client: PageClient, admin: Account, db_session: Session
    ) -> None:
        path = self.new(client)
        account(db_session, "b.b").must_change_password = False
        assert codes(client.page(path)) == []

    def test_changing_an_account_is_told_on_its_timeline(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        path = f"/accounts/{officer.id}"
        client.submit(path, place(client.page(path), "full_name"), role="head", position="Hiệu trưởng")
        assert (officer.role, officer.position) == (Role.HEAD, "Hiệu trưởng")
        assert "Vai trò: Cán bộ đơn vị → Thủ trưởng đơn vị" in words(client.page(path))

    def test_an_account_that_is_switched_off_is_out_at_once(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        path = f"/accounts/{officer.id}"
        client.submit(path, place(client.page(path), "full_name"), is_active=None)
        assert not officer.is_active
        client.sign_in(officer)
        assert client.get("/account").status_code == 303

    def test_administrators_cannot_lock_themselves_out(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        path = f"/accounts/{admin.id}"
        form = place(client.page(path), "full_name")
        assert "nhờ người quản trị khác" in client.submit(path, form, status=422, is_active=None).text
        assert "ít nhất một người quản trị" in client.submit(path, form, status=422, role="office", is_active="y").text
        assert admin.is_active and admin.role is Role.ADMINISTRATOR

    def test_a_new_one_time_password_ends_all_sessions_and_pressing_twice_gives_one(
        self, client: PageClient, admin: Account, officer: Account, db_session: Session
    ) -> None:
        path, version = f"/accounts/{officer.id}", officer.session_version
        fields = client.fields(path, "/password")
        first, second = (client.post(f"{path}/password", data=fields) for _number in range(2))
        assert first.location == second.location
        assert officer.session_version == version + 1
        assert verify_password(officer.password_hash, codes(client.page(first.location))[0])
        client.submit(path, "/password")
        assert codes(client.page(first.location)) == []

    def test_ones_own_password_is_changed_on_ones_own_page(self, client: PageClient, admin: Account) -> None:
        shown = words(client.page(f"/accounts/{admin.id}"))
        assert "Cấp lại mật khẩu" not in shown and "Đổi mật khẩu, đăng xuất mọi nơi" in shown
        token = client.fields("/account", "/theme")["csrf_token"]
        answer = client.post(f"/accounts/{admin.id}/password", data={"csrf_token": token, "batch": "x" * 32})
        assert answer.location == "/account/password"
        client.page("/account")

    def test_ending_all_sessions_leaves_the_password(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        version, stored = officer.session_version, officer.password_hash
        client.submit(f"/accounts/{officer.id}", "/sessions")
        assert (officer.session_version, officer.password_hash) == (version + 1, stored)

    def test_unknown_accounts_are_not_found(self, client: PageClient, admin: Account, officer: Account) -> None:
        token = client.fields(f"/accounts/{officer.id}", "/sessions")["csrf_token"]
        client.page("/accounts/99999", status=404)
        for path in ("/accounts/99999/password", "/accounts/99999/sessions"):
            assert client.post(path, data={"csrf_token": token}).status_code == 404
        assert client.post(f"/accounts/{officer.id}/password", data={"csrf_token": token}).status_code == 400


class TestFile:
    def test_a_file_is_looked_through_before_it_is_used_and_then_used_whole(
        self, client: PageClient, admin: Account, officer: Account, db_session: Session
    ) -> None:
        send_file(client, "truong.a;Tên mới (minh họa);officer;A;;", "b.b;Người B (minh họa);head;A;;",
                  "admin;Quản trị hệ thống (minh họa);administrator;SGDDT;;")
        shown = words(client.page("/accounts/load"))
        assert all(f"{word} 1" in shown for word in ("Mới", "Có thay đổi", "Giữ nguyên"))
        assert "Họ và tên: Cán bộ đơn vị (minh họa) → Tên mới (minh họa)" in shown
        assert db_session.scalar(select(func.count()).select_from(Account)) == 2
        slips = client.page(apply_file(client))
        assert verify_password(account(db_session, "b.b").password_hash, codes(slips)[0])
        assert officer.full_name == "Tên mới (minh họa)"
        assert not [form for form in posting_forms(client.page("/accounts/load"))
                    if "apply" in form.attrib.get("action", "")]

    def test_pressing_twice_uses_the_file_once_and_shows_the_same_passwords(
        self, client: PageClient, admin: Account, db_session: Session
    ) -> None:
        send_file(client, "b.b;Người B (minh họa);head;A;;")
        fields = {**client.fields("/accounts/load", "/accounts/load/apply"), "act": "apply"}
        first, second = (client.post("/accounts/load/apply", data=fields) for _number in range(2))
        assert first.location == second.location and "/slips/" in first.location
        assert db_session.scalar(select(func.count()).select_from(Account)) == 2

    def test_a_wrong_file_names_row_and_column_and_offers_no_use(
        self, client: PageClient, admin: Account, db_session: Session
    ) -> None:
        send_file(client, "b.b;Người B (minh họa);head;KHONG-CO;;", "B.B;Người C (minh họa);boss;A;;")
        page = client.page("/accounts/load")
        rows = [text_of(row) for row in page.all("tr")[1:]]
        assert "Cột “unit_code”" in rows[0] and rows[0].startswith("2")
        assert rows[1].startswith("3") and "Cột “role”" in rows[1] and "Cột “username”" in rows[1]
        assert "3 chỗ cần sửa" in words(page) and "Áp dụng" not in words(page)
        assert apply_file(client) == "/accounts/load"
        assert db_session.scalar(select(func.count()).select_from(Account)) == 1

    def test_a_file_that_is_no_table_is_refused_on_its_preview(self, client: PageClient, admin: Account) -> None:
        send_file(client, data=f"{HEADS}\nb.b;".encode() + b"Nguy\xean;head;A;;\n")
        assert "Dòng 2: Chữ ở dòng này không phải mã UTF-8" in words(client.page("/accounts/load"))

    @pytest.mark.parametrize(
        ("data", "message"), [(b"", "Tệp trống"), (b"x" * (1024 * 1024 + 1), "lớn hơn 1 MB")])
    def test_an_empty_or_huge_file_is_refused_at_once(
        self, client: PageClient, admin: Account, data: bytes, message: str
    ) -> None:
        assert message in send_file(client, data=data, status=422)

    def test_no_file_at_all_is_asked_for(self, client: PageClient, admin: Account) -> None:
        fields = client.fields("/accounts/load", place(client.page("/accounts/load"), "file"))
        answer = client.post("/accounts/load", data=fields, content_type="multipart/form-data")
        assert answer.status_code == 422 and "Chọn một tệp Excel hoặc CSV" in answer.text

    def test_a_large_file_survives_between_preview_and_use(
        self, client: PageClient, admin: Account, db_session: Session
    ) -> None:
        digests = [hashlib.sha256(bytes([number % 256, number // 256])).hexdigest() for number in range(2500)]
        send_file(client, *(f"u{digest[:20]};Người {digest[20:]};officer;A;{digest};" for digest in digests))
        assert "Mới 2500" in words(client.page("/accounts/load"))
        assert len(client.page("/accounts/load?state=new&page=50").all("tr")) == 51
        assert apply_file(client, "drop") == "/accounts/load"
        assert "Bỏ tệp này" not in words(client.page("/accounts/load"))
        assert db_session.scalar(select(func.count()).select_from(Account)) == 1

    def test_a_file_that_changes_nothing_says_so(self, client: PageClient, admin: Account) -> None:
        send_file(client, "admin;Quản trị hệ thống (minh họa);administrator;SGDDT;;")
        shown = words(client.page("/accounts/load"))
        assert "không có gì để áp dụng" in shown and "Bỏ tệp này" in shown and "bấm Áp dụng" not in shown

    def test_another_administrators_file_stays_their_own(
        self, client: PageClient, admin: Account, db_session: Session, department: Unit
    ) -> None:
        send_file(client, "b.b;Người B (minh họa);head;A;;")
        client.sign_in(make_account(db_session, Role.ADMINISTRATOR, department))
        assert "Người B" not in words(client.page("/accounts/load"))

    @pytest.mark.parametrize("name", ["tai-khoan.xlsx", "tai-khoan.csv"])
    def test_the_template_with_the_accounts_of_today_comes_back_unchanged(
        self, client: PageClient, admin: Account, officer: Account, name: str
    ) -> None:
        officer.full_name, officer.position = "=1+1", "@ban"
        data = client.get(f"/accounts/load/{name}?rows=present").data
        send_file(client, data=data)
        shown = words(client.page("/accounts/load"))
        assert "Giữ nguyên 2" in shown and "không có gì để áp dụng" in shown
        send_file(client, data=client.get(f"/accounts/load/{name}").data)
        assert "chưa có dòng dữ liệu nào" in words(client.page("/accounts/load"))

    def test_what_changed_since_the_preview_is_shown_before_anything_is_written(
        self, client: PageClient, admin: Account, officer: Account, db_session: Session
    ) -> None:
        send_file(client, "truong.a;Tên mới (minh họa);officer;A;;")
        fields = {**client.fields("/accounts/load", "/accounts/load/apply"), "act": "apply"}
        officer.position = "Văn thư"
        assert client.post("/accounts/load/apply", data=fields).location == "/accounts/load"
        assert "vừa thay đổi" in client.get("/accounts/load").text and officer.full_name != "Tên mới (minh họa)"
        apply_file(client)
        assert officer.full_name == "Tên mới (minh họa)"

    def test_slips_of_new_accounts_are_printed_eight_a_page_for_their_maker(
        self, client: PageClient, admin: Account, officer: Account
    ) -> None:
        send_file(client, *(f"b.{number};Người {number} (minh họa);head;A;;" for number in range(9)))
        path = apply_file(client)
        shown = client.page(path)
        paper = Paper(client.get(f"{path}.pdf").data)
        assert len(paper) == 2 and all(code in paper.text() for code in codes(shown)) and len(codes(shown)) == 9
        client.sign_in(officer)
        assert client.get(f"{path}.pdf").status_code == 403


def test_the_accounts_unit_is_named_as_of_today(
    client: PageClient, admin: Account, officer: Account, clock: FrozenClock
) -> None:
    clock.set(date(2024, 1, 2))
    assert "Trường THPT Hạ Long (minh họa)" in words(client.page("/accounts"))

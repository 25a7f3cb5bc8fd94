"""Made documents of schools: year plans, regulations, decisions, minutes, reports, letters, notices."""

from __future__ import annotations

from datetime import date

from tests.documents.made_set.prose import basis, cited, para, points
from tests.documents.made_set.spec import Annex, Document, Grid, Layout, Para, Point, Section

_ROM, _ARA, _DEC, _LET = "roman", "arabic", "decimal", "letter"
_TH = ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "HUYỆN MẪU", "TRƯỜNG TIỂU HỌC MINH HỌA")
_PHONG = "Phòng Giáo dục và Đào tạo huyện Mẫu"

SCHOOL_PLAN = Document(
    name="truong-ke-hoach-cntt",
    offices=_TH,
    issuer="Trường Tiểu học Minh Họa",
    parent=_PHONG,
    kind="Kế hoạch",
    number="21/KH-THMH",
    place="Mẫu",
    day=date(2022, 9, 15),
    title="Ứng dụng công nghệ thông tin và chuyển đổi số năm học 2022 - 2023",
    bases=(
        basis("Thông tư", "28/2020/TT-BGDĐT", "04/9/2020", "Bộ trưởng Bộ Giáo dục và Đào tạo",
              "ban hành Điều lệ trường tiểu học"),
        basis("Quyết định", "4725/QĐ-BGDĐT", "30/12/2022", "Bộ Giáo dục và Đào tạo", "ban hành Bộ chỉ số đánh giá"),
        basis("Công văn", "877/PGDĐT-CNTT", "09/9/2022", _PHONG),
    ),
    opening=("Trường Tiểu học Minh Họa xây dựng kế hoạch như sau:",),
    body=(
        Section(_ROM, "ĐẶC ĐIỂM TÌNH HÌNH", (
            Section(_ARA, "Đội ngũ", (Para("Trường có 42 cán bộ, giáo viên, nhân viên."), Grid((
                ("Nội dung", "Tổng số", "Nữ", "Đạt chuẩn"),
                ("Cán bộ quản lý", "3", "2", "3"),
                ("Giáo viên", "34", "29", "33"),
                ("Nhân viên", "5", "4", "5"))))),
            Section(_ARA, "Thuận lợi", (para(15),)),
            Section(_ARA, "Khó khăn", (para(20),)),
        )),
        Section(_ROM, "NỘI DUNG", (
            Section(_ARA, "Mục tiêu", (
                Section(_DEC, "Mục tiêu chung", (para(0),)),
                Section(_DEC, "Mục tiêu cụ thể", (*points("letter", 0, 6),)),
            )),
            Section(_ARA, "Giải pháp", (
                Section(_DEC, "Về con người", (
                    Section("decimal", "Bồi dưỡng thường xuyên", (para(11),)),
                    Section("decimal", "Phân công đầu mối", (para(28),)),
                )),
                Section(_DEC, "Về thiết bị", (para(7), *points("plus", 0, 3))),
            )),
        )),
        Section(_ROM, "TỔ CHỨC THỰC HIỆN", (
            Section(_ARA, "Hiệu trưởng", (para(19),)),
            Section(_ARA, "Tổ chuyên môn", (para(2),)),
            Section(_ARA, "Nhân viên thiết bị", (para(23),)),
        )),
    ),
    closing=("Trên đây là kế hoạch của nhà trường năm học 2022 - 2023./.",),
    recipients=("Phòng Giáo dục và Đào tạo (để báo cáo)", "Các tổ chuyên môn (để thực hiện)", "Lưu: VT"),
    office="HIỆU TRƯỞNG",
    signer_title="Hiệu trưởng",
    signer="Nguyễn Thị Ví Dụ",
    layout=Layout(seed=18),
)  # fmt: skip

SCHOOL_AFTER_2025 = Document(
    name="truong-ke-hoach-giao-duc",
    offices=("UBND XÃ VÍ DỤ", "TRƯỜNG TRUNG HỌC CƠ SỞ", "GIẢ ĐỊNH"),
    issuer="Trường Trung học cơ sở Giả Định",
    parent="UBND xã Ví Dụ",
    kind="Kế hoạch",
    number="63/KH-THCSGĐ",
    place="Ví Dụ",
    day=date(2025, 9, 12),
    title="Giáo dục của nhà trường năm học 2025 - 2026",
    bases=(
        basis("Thông tư", "32/2018/TT-BGDĐT", "26/12/2018", "Bộ Giáo dục và Đào tạo",
              "ban hành Chương trình giáo dục phổ thông"),
        basis("Kế hoạch", "37/KH-UBND", "08/9/2025", "Ủy ban nhân dân xã Ví Dụ"),
        "Căn cứ tình hình thực tế của nhà trường;",
    ),
    opening=("Trường Trung học cơ sở Giả Định xây dựng kế hoạch giáo dục như sau:",),
    body=(
        Section("upper", "BỐI CẢNH", (para(9), para(10))),
        Section("upper", "MỤC TIÊU", (
            Section(_ARA, "Mục tiêu chung", (para(18),)),
            Section(_ARA, "Mục tiêu cụ thể", (
                Section(_LET, "Về học tập", (para(25),)),
                Section(_LET, "Về rèn luyện", (para(26),)),
                Section(_LET, "Về sức khỏe", (para(27),)),
                Section(_LET, "Về trải nghiệm", (para(17),)),
                Section(_LET, "Về thể thao", (para(21),)),
            )),
        )),
        Section("upper", "KẾ HOẠCH DẠY HỌC", (Grid((
            ("Môn học", "Số tiết mỗi tuần", "", "", ""),
            ("", "Lớp 6", "Lớp 7", "Lớp 8", "Lớp 9"),
            ("Ngữ văn", "4", "4", "4", "4"),
            ("Toán", "4", "4", "4", "4"),
            ("Ngoại ngữ 1", "3", "3", "3", "3"),
            ("Tin học", "1", "1", "1", "1"),
        ), header=2, spans=((0, 0, 2, 1), (0, 1, 1, 4)), widths=(3, 2, 2, 2, 2)), para(30))),
        Section("upper", "TỔ CHỨC THỰC HIỆN", (para(31), *points("dash", 9, 3))),
    ),
    recipients=("Phòng Văn hóa - Xã hội xã", "Các tổ chuyên môn", "Lưu: VT"),
    signs_for=("KT. HIỆU TRƯỞNG",),
    office="PHÓ HIỆU TRƯỞNG",
    signer_title="Phó Hiệu trưởng",
    signer="Hồ Thị Chừng",
    layout=Layout(seed=19, styled=True),
)  # fmt: skip

ACTING_HEAD = Document(
    name="truong-quyet-dinh-to-ho-tro",
    offices=("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH VÍ DỤ", "TRƯỜNG TRUNG HỌC PHỔ THÔNG PHỎNG CHỪNG"),
    issuer="Trường Trung học phổ thông Phỏng Chừng",
    parent="Sở Giáo dục và Đào tạo tỉnh Ví Dụ",
    kind="Quyết định",
    number="105/QĐ-THPTPC",
    place="Ví Dụ",
    day=date(2024, 8, 30),
    effective=date(2024, 9, 5),
    title="Về việc thành lập Tổ hỗ trợ kỹ thuật",
    authority="HIỆU TRƯỞNG TRƯỜNG TRUNG HỌC PHỔ THÔNG PHỎNG CHỪNG",
    bases=(
        basis("Thông tư", "32/2020/TT-BGDĐT", "15/9/2020", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ),
    considered=(
        "Xét đề nghị của Phó Hiệu trưởng phụ trách chuyên môn,",
    ),
    verdict="QUYẾT ĐỊNH:",
    body=(
        Section("article", run_in="Thành lập Tổ hỗ trợ kỹ thuật gồm 05 thành viên."),
        Section("article", run_in="Nhiệm vụ của Tổ hỗ trợ kỹ thuật:", body=(*points("arabic", 0, 3),)),
        Section("article", run_in="Quyết định này có hiệu lực kể từ ngày 05 tháng 9 năm 2024./."),
    ),
    recipients=("Như Điều 1", "Lưu: VT"),
    office="Q. HIỆU TRƯỞNG",
    signer_title="Quyền Hiệu trưởng",
    signer="Mai Văn Giả Thử",
    layout=Layout(seed=20),
)  # fmt: skip

SCHOOL_RULES = Document(
    name="truong-quyet-dinh-noi-quy-phong-may",
    offices=_TH,
    issuer="Trường Tiểu học Minh Họa",
    parent=_PHONG,
    kind="Quyết định",
    number="88/QĐ-THMH",
    place="Mẫu",
    day=date(2023, 2, 6),
    effective=date(2023, 2, 6),
    title="Ban hành Quy chế sử dụng phòng máy tính",
    authority="HIỆU TRƯỞNG TRƯỜNG TIỂU HỌC MINH HỌA",
    bases=(basis("Thông tư", "28/2020/TT-BGDĐT", "04/9/2020", "Bộ trưởng Bộ Giáo dục và Đào tạo"),),
    verdict="QUYẾT ĐỊNH:",
    body=(
        Section("article", run_in="Ban hành kèm theo Quyết định này Quy chế sử dụng phòng máy tính."),
        Section("article", run_in="Quyết định này có hiệu lực kể từ ngày ký."),
        Section("article", run_in="Giáo viên, nhân viên và học sinh nhà trường chịu trách nhiệm thi hành./."),
    ),
    recipients=("Như Điều 3", "Lưu: VT"),
    office="HIỆU TRƯỞNG",
    signer_title="Hiệu trưởng",
    signer="Nguyễn Thị Ví Dụ",
    annexes=(
        Annex("", "QUY CHẾ\nSỬ DỤNG PHÒNG MÁY TÍNH",
              "(Ban hành kèm theo Quyết định số 88/QĐ-THMH ngày 06 tháng 02 năm 2023)", (
                  Section("article", "Giờ mở cửa", (Para("Phòng máy mở từ 7 giờ 30 phút đến 16 giờ 30 phút."),)),
                  Section("article", "Việc được làm và không được làm", (
                      Point("arabic", "Người dùng được tìm thông tin cho bài học."),
                      Point("arabic", "Người dùng không được:", points("letter", 7, 3)),
                  )),
                  Section("article", "Xử lý vi phạm", (para(22),)),
              )),
    ),
    layout=Layout(seed=21, automatic=False, stacked=True),
)  # fmt: skip

KINDERGARTEN = Document(
    name="mam-non-ke-hoach-ban-tru",
    offices=("PHÒNG GD&ĐT HUYỆN MẪU", "TRƯỜNG MẦM NON HOA MẪU"),
    issuer="Trường Mầm non Hoa Mẫu",
    parent="Phòng GD&ĐT huyện Mẫu",
    kind="Kế hoạch",
    number="15/KH-MNHM",
    place="Mẫu",
    day=date(2024, 9, 4),
    title="Tổ chức bán trú năm học 2024 - 2025",
    bases=(basis("Công văn", "402/PGDĐT-MN", "28/8/2024", "Phòng GD&ĐT huyện Mẫu", first="Thực hiện"),),
    opening=("Trường Mầm non Hoa Mẫu xây dựng kế hoạch tổ chức bán trú như sau:",),
    body=(
        Section(_ROM, "MỤC ĐÍCH", (para(3),)),
        Section(_ROM, "THỰC ĐƠN VÀ MỨC ĂN", (Grid((
            ("Thứ", "Bữa sáng", "Bữa trưa", "Bữa xế"),
            ("Hai", "Cháo thịt", "Cơm, cá kho, canh bí", "Sữa chua"),
            ("Ba", "Bún gà", "Cơm, trứng, canh cải", "Chuối"),
            ("Tư", "Xôi đậu", "Cơm, thịt bò xào,\ncanh rau ngót", "Sữa"),
            ("Năm", "Phở", "Cơm, đậu phụ, canh chua", "Bánh flan"),
            ("Sáu", "Cháo cá", "Mì xào, canh rong biển", "Dưa hấu"),
        ), widths=(1, 2, 4, 2)), para(15))),
        Section(_ROM, "PHÂN CÔNG", (
            Section(_ARA, "Phó hiệu trưởng bán trú", (para(24),)),
            Section(_ARA, "Bếp trưởng", (para(3),)),
        )),
    ),
    recipients=("Ban đại diện cha mẹ", "Tổ nuôi dưỡng", "Lưu: VT"),
    office="HIỆU TRƯỞNG",
    signer_title="Hiệu trưởng",
    signer="Tô Thị Mẫu Đơn",
    layout=Layout(seed=22, size=13),
)  # fmt: skip

SCHOOL_REPORT = Document(
    name="truong-bao-cao-tu-danh-gia",
    offices=("UBND PHƯỜNG MINH HỌA", "TRƯỜNG TIỂU HỌC SAO THỬ"),
    issuer="Trường Tiểu học Sao Thử",
    parent="UBND phường Minh Họa",
    kind="Báo cáo",
    number="47/BC-THST",
    place="Minh Họa",
    day=date(2025, 10, 30),
    title="Tự đánh giá mức độ chuyển đổi số năm 2025",
    bases=(basis("Quyết định", "4725/QĐ-BGDĐT", "30/12/2022", "Bộ Giáo dục và Đào tạo"),),
    opening=("Trường Tiểu học Sao Thử báo cáo kết quả tự đánh giá như sau:",),
    body=(
        Section(_ROM, "KẾT QUẢ CHẤM ĐIỂM", (Grid((
            ("TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Minh chứng"),
            ("I", "Chuyển đổi số trong dạy, học", "100", "76", ""),
            ("1.1", "Có kế hoạch tổ chức dạy học trực tuyến", "Bắt buộc", "Có", "Kế hoạch số ⟦12/KH-THST⟧"),
            ("1.2", "Tỷ lệ học liệu số được duyệt", "30", "24", "Danh mục học liệu"),
            ("1.3", "Phần mềm quản lý học tập", "20", "20", "Hợp đồng, ảnh chụp màn hình"),
            ("II", "Chuyển đổi số trong quản trị", "100", "81", ""),
            ("2.1", "Có bộ phận phụ trách", "Bắt buộc", "Có", "Quyết định số ⟦30/QĐ-THST⟧"),
            ("2.2", "Dùng sổ điểm, học bạ số", "40", "38", "Báo cáo của phần mềm"),
        ), widths=(1, 5, 2, 2, 4)),)),
        Section(_ROM, "NHẬN XÉT", (
            Section(_ARA, "Điểm mạnh", (para(8), *points("dash", 3, 2))),
            Section(_ARA, "Điểm yếu", (para(20),)),
        )),
        Section(_ROM, "ĐỀ NGHỊ CÔNG NHẬN", (Para("Nhà trường đề nghị công nhận mức độ 2."),)),
    ),
    recipients=("Ủy ban nhân dân phường", "Lưu: VT"),
    office="HIỆU TRƯỞNG",
    signer_title="Hiệu trưởng",
    signer="Quách Văn Tỉ Dụ",
    layout=Layout(seed=23, tracked=True),
)  # fmt: skip

SCHOOL_LETTER = Document(
    name="truong-cong-van-giai-trinh",
    offices=_TH,
    issuer="Trường Tiểu học Minh Họa",
    parent=_PHONG,
    kind="Công văn",
    number="09/CV-THMH",
    place="Mẫu",
    day=date(2024, 1, 8),
    title="giải trình việc chậm nộp số liệu",
    addressees=("Phòng Giáo dục và Đào tạo huyện Mẫu",),
    opening=("Phúc đáp " + cited("Công văn", "03/PGDĐT-TH", "03/01/2024", _PHONG, "về việc đôn đốc số liệu")
             + ", Trường Tiểu học Minh Họa giải trình như sau:",),
    body=(para(5), para(20), Para("Nhà trường cam kết nộp đủ trước ngày 15/01/2024./.")),
    recipients=("Như trên", "Lưu: VT"),
    office="HIỆU TRƯỞNG",
    signer_title="Hiệu trưởng",
    signer="Nguyễn Thị Ví Dụ",
    layout=Layout(seed=24),
)  # fmt: skip

CENTRE_NOTICE = Document(
    name="trung-tam-thong-bao-lop-hoc",
    offices=("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH VÍ DỤ", "TRUNG TÂM GIÁO DỤC THƯỜNG XUYÊN", "SỐ 2"),
    issuer="Trung tâm Giáo dục thường xuyên số 2",
    parent="Sở Giáo dục và Đào tạo tỉnh Ví Dụ",
    kind="Thông báo",
    number="26/TB-TTGDTX2",
    place="Ví Dụ",
    day=date(2023, 5, 19),
    title="Mở lớp tin học cơ bản cho người lớn tuổi",
    opening=("Trung tâm thông báo mở lớp như sau:",),
    body=(
        Point("arabic", "Đối tượng: người từ 55 tuổi trở lên, không cần bằng cấp."),
        Point("arabic", "Thời gian: tối thứ Ba và thứ Năm, từ 19 giờ đến 20 giờ 30 phút."),
        Point("arabic", "Học phí: miễn phí theo " + cited("Quyết định", "77/QĐ-SGDĐT", "11/4/2023") + "."),
        Point("arabic", "Nội dung gồm:", points("dash", 6, 3)),
        para(12),
    ),
    recipients=("Các phường, xã", "Lưu: VT, ĐT"),
    signs_for=("TUQ. GIÁM ĐỐC",),
    office="TRƯỞNG PHÒNG ĐÀO TẠO",
    signer_title="Trưởng phòng Đào tạo",
    signer="Kiều Thị Tạm Thử",
    layout=Layout(seed=25, stacked=True),
)  # fmt: skip

DOCUMENTS = (
    SCHOOL_PLAN, SCHOOL_AFTER_2025, ACTING_HEAD, SCHOOL_RULES, KINDERGARTEN, SCHOOL_REPORT, SCHOOL_LETTER,
    CENTRE_NOTICE,
)  # fmt: skip
